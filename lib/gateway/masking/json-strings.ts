/** A number that stands by itself as a value, and how a quote is written around a string in its place. */
export interface BareNumber {
  from: number;
  to: number;
  quote: string;
}

/**
 * Knows at rising places of a JSON text in which strings they are, also where a string holds JSON of its own. A quote of
 * the text is level 0, one of JSON in a string (`\"`) level 1, one of JSON in that (`\\\"`) level 2.
 */
export class JsonStrings {
  private at = 0;
  /** Where the strings begin that are open, the outermost first. */
  private readonly open: number[] = [];

  constructor(private readonly json: string) {}

  /** The bare number that `from` to `to` is, or lies in; null within a string of text. */
  numberAround(from: number, to: number): BareNumber | null {
    this.advance(from);
    const within = this.open[this.open.length - 1];
    if (within !== undefined && !/^\s*[{[]/.test(this.json.slice(within, within + 16))) return null;
    const before = /[:,[]\s*([-+.\deE]*)$/.exec(this.json.slice(Math.max(0, from - 32), from));
    const after = /^([-+.\deE]*)\s*(?:[,}\]]|$)/.exec(this.json.slice(to, to + 32));
    if (!before || !after) return null;
    return { from: from - (before[1] as string).length, to: to + (after[1] as string).length, quote: `${'\\'.repeat(2 ** this.open.length - 1)}"` };
  }

  private advance(to: number): void {
    for (let quote = this.json.indexOf('"', this.at); quote !== -1 && quote < to; quote = this.json.indexOf('"', this.at)) {
      let slash = quote;
      while (this.json[slash - 1] === '\\') slash -= 1;
      const level = levelOf(quote - slash);
      if (this.open.length > level) this.open.length = level;
      else this.open.push(quote + 1);
      this.at = quote + 1;
    }
  }
}

/** Each level doubles the backslashes and adds one; pairs that are left over are backslashes of the text. */
function levelOf(backslashes: number): number {
  let level = 0;
  for (let left = backslashes; left % 2 === 1; left = (left - 1) / 2) level += 1;
  return level;
}
