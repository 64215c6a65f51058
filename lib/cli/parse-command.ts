import { parseArgs } from 'node:util';
import { type Command, type OptionValues, UsageError } from './command';

export interface ParsedCommand {
  command: Command;
  options: OptionValues;
  positionals: string[];
  isHelp: boolean;
  isJson: boolean;
}

/** Finds the command that the words name and reads its options. Throws UsageError for anything it does not know. */
export function parseCommand(args: readonly string[], commands: readonly Command[]): ParsedCommand {
  const command = findCommand(args, commands);
  try {
    const { values, positionals } = parseArgs({
      args: args.slice(command.words.length),
      options: { ...command.options, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
    const { json, help, ...options } = values as OptionValues;
    const { min, max } = command.positionals ?? { min: 0, max: 0 };
    if (help !== true && (positionals.length < min || positionals.length > max)) throw new UsageError(`usage: ${usageLine(command)}`);
    return { command, options, positionals, isHelp: help === true, isJson: json === true };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    // parseArgs explains how to escape positionals at length; the first sentence is what helps.
    throw new UsageError(`${(error as Error).message.split('. ')[0]}\nusage: ${usageLine(command)}`);
  }
}

export function usageLine(command: Command): string {
  return `fairlead ${[...command.words, command.usage].filter(Boolean).join(' ')}`;
}

function findCommand(args: readonly string[], commands: readonly Command[]): Command {
  const found = commands.filter(({ words }) => words.every((word, index) => args[index] === word)).sort((a, b) => b.words.length - a.words.length)[0];
  if (found) return found;
  const near = commands.filter(({ words }) => words[0] === args[0]);
  if (near.length > 0) throw new UsageError(`"${args.slice(0, 2).join(' ')}" is not a command; there is ${near.map(({ words }) => words.join(' ')).join(', ')}`);
  throw new UsageError(`"${args[0] ?? ''}" is not a command; fairlead --help lists them`);
}
