const OPEN = '<think>';
const CLOSE = '</think>';

/**
 * Tells reasoning from answer where a model writes `<think>…</think>` into its content. For accounting only:
 * the client's frames stay as they came. A tag may be split over chunks.
 */
export class ThinkTagSplitter {
  private inside = false;
  private held = '';
  /** Blank space around the tags belongs to neither side. */
  private atStart = true;

  split(content: string): { text: string; reasoning: string } {
    let text = '';
    let reasoning = '';
    let rest = this.held + content;
    this.held = '';
    while (rest.length > 0) {
      const tag = this.inside ? CLOSE : OPEN;
      const at = rest.indexOf(tag);
      const end = at === -1 ? rest.length - heldLength(rest, tag) : at;
      const piece = this.trim(rest.slice(0, end), at !== -1);
      if (this.inside) reasoning += piece;
      else text += piece;
      if (at === -1) {
        this.held = rest.slice(end);
        break;
      }
      rest = rest.slice(at + tag.length);
      this.inside = !this.inside;
      this.atStart = true;
    }
    return { text, reasoning };
  }

  /** What was held back as the start of a tag that never came. */
  flush(): { text: string; reasoning: string } {
    const rest = this.held;
    this.held = '';
    return this.inside ? { text: '', reasoning: rest } : { text: rest, reasoning: '' };
  }

  private trim(piece: string, beforeTag: boolean): string {
    let out = this.atStart ? piece.trimStart() : piece;
    if (beforeTag) out = out.trimEnd();
    if (out.length > 0) this.atStart = false;
    return out;
  }
}

/** Length of the longest end of `text` that could be the beginning of `tag`. */
function heldLength(text: string, tag: string): number {
  for (let length = Math.min(tag.length - 1, text.length); length > 0; length--) {
    if (text.endsWith(tag.slice(0, length))) return length;
  }
  return 0;
}
