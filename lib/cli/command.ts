import type { ParseArgsConfig } from 'node:util';

export type OptionSpec = NonNullable<ParseArgsConfig['options']>;
export type OptionValues = Record<string, string | boolean | undefined>;

/** What a command answers: an object for `--json`, and the same for people. */
export interface Answer {
  json: unknown;
  text: string;
  /** 0 unless the command found something wrong that is not an error, such as a failed check. */
  exitCode?: number;
}

export interface CommandRun {
  options: OptionValues;
  positionals: string[];
  /** Prints a line at once, for commands that go on: text, or one JSON object per line. */
  print(line: Answer): void;
}

/** One command: its words, its options, and what it does. */
export interface Command {
  /** `['config', 'plan']`. */
  words: readonly string[];
  summary: string;
  /** Shown after the words: `-f FILE [--prune]`. */
  usage: string;
  options: OptionSpec;
  /** How many words may follow, such as the id of a key. */
  positionals?: { min: number; max: number };
  /** Whether it needs the database of the installation. */
  needsDatabase: boolean;
  /** More lines for `--help`. */
  help?: string;
  /** Null: everything was printed already. */
  run(call: CommandRun): Promise<Answer | null>;
}

/** A mistake of the person at the keyboard: printed in one line, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The text of an option that must be there. */
export function required(options: OptionValues, name: string): string {
  const value = options[name];
  if (typeof value !== 'string' || value.trim() === '') throw new UsageError(`--${name} is missing`);
  return value.trim();
}

export function optional(options: OptionValues, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** A whole number of at least 1, or undefined when the option is not there. */
export function count(options: OptionValues, name: string): number | undefined {
  const text = optional(options, name);
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new UsageError(`--${name} must be a whole number of at least 1, not "${text}"`);
  return Number(text);
}
