/** Something in the other gateway's file that has no place here, where it stands and why. The value is never told: it may be a secret. */
export interface NotTaken {
  path: string;
  why: string;
}

type Path = readonly (string | number)[];

/**
 * Another gateway's file that remembers what was read of it. Whatever nobody read is listed in the end, so a field can
 * only be taken or told: none is lost in silence.
 */
export class Source {
  private readonly read = new Set<string>();
  private readonly left: NotTaken[] = [];

  constructor(private readonly root: unknown) {}

  /** The whole file as a section; empty when it is no mapping. */
  top(): Section {
    return new Section(this, [], isMapping(this.root) ? this.root : {});
  }

  markRead(path: Path): void {
    this.read.add(writeSourcePath(path));
  }

  leave(path: Path, why: string): void {
    this.markRead(path);
    this.left.push({ path: writeSourcePath(path), why });
  }

  /** Everything that has no place here, in the order of the file. `reasonOf` says why for what nobody asked for. */
  notTaken(reasonOf: (path: string) => string): NotTaken[] {
    const told = new Map(this.left.map((one) => [one.path, one]));
    const ordered: NotTaken[] = [];
    const walk = (value: unknown, path: Path): void => {
      const place = writeSourcePath(path);
      const known = told.get(place);
      if (known) ordered.push(known);
      if (this.read.has(place)) return;
      const children = childrenOf(value);
      if (children.length > 0) for (const [key, child] of children) walk(child, [...path, key]);
      else if (path.length > 0 && !isNothing(value)) ordered.push({ path: place, why: reasonOf(place) });
    };
    walk(this.root, []);
    return ordered;
  }
}

/** A mapping of the file. Reading a key marks it as taken; `leave` says why it is not. */
export class Section {
  constructor(
    private readonly source: Source,
    private readonly at: Path,
    private readonly value: Record<string, unknown>,
  ) {}

  get path(): string {
    return writeSourcePath(this.at);
  }

  keys(): string[] {
    return Object.keys(this.value);
  }

  has(key: string): boolean {
    return this.value[key] !== undefined && this.value[key] !== null;
  }

  /** The value with everything in it. */
  take(key: string): unknown {
    if (!(key in this.value)) return undefined;
    this.source.markRead([...this.at, key]);
    return this.value[key] ?? undefined;
  }

  /** Text, or a number or switch as text; undefined for what is absent, empty or a structure. */
  text(key: string): string | undefined {
    const value = this.value[key];
    if (value === null || typeof value === 'object' || value === undefined) return undefined;
    const text = String(this.take(key)).trim();
    return text === '' ? undefined : text;
  }

  /** A finite number, also one written as text. */
  number(key: string): number | undefined {
    const value = this.value[key];
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isFinite(number)) return undefined;
    this.take(key);
    return number;
  }

  flag(key: string): boolean | undefined {
    const value = this.value[key];
    if (typeof value !== 'boolean') return undefined;
    this.take(key);
    return value;
  }

  /** A list of names, or several in one text with commas between them. */
  names(key: string): string[] {
    const value = this.value[key];
    if (typeof value !== 'string' && !(Array.isArray(value) && value.every((name) => typeof name === 'string'))) return [];
    this.take(key);
    return (typeof value === 'string' ? value.split(',') : (value as string[])).map((name) => name.trim()).filter(Boolean);
  }

  /** The mapping under a key, empty when there is none. What is in it is read through it. */
  section(key: string): Section {
    const value = this.value[key];
    if (isMapping(value)) return new Section(this.source, [...this.at, key], value);
    return new Section(this.source, [...this.at, key], {});
  }

  /** The mappings of a list. */
  sections(key: string): Section[] {
    const value = this.value[key];
    if (!Array.isArray(value)) return [];
    return value.flatMap((entry, index) => (isMapping(entry) ? [new Section(this.source, [...this.at, key, index], entry)] : []));
  }

  /** Says why a key that is there is not taken; nothing when it is absent. */
  leave(key: string, why: string): void {
    if (this.has(key)) this.source.leave([...this.at, key], why);
  }

  /** Says why nothing of this is taken. */
  leaveAll(why: string): void {
    this.source.leave(this.at, why);
  }
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field that says nothing loses nothing. */
function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
}

function childrenOf(value: unknown): [string | number, unknown][] {
  if (Array.isArray(value)) return value.map((child, index) => [index, child]);
  return isMapping(value) ? Object.entries(value) : [];
}

/** `model_list[3].litellm_params.api_key`. */
export function writeSourcePath(path: Path): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./, '');
}
