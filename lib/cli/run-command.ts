import { isFairleadError } from '@/lib/kernel/errors';
import { asInputError } from '@/lib/services/management/input-error';
import { closePrisma } from '@/lib/store';
import { type Answer, type Command, UsageError } from './command';
import { COMMANDS } from './commands';
import { openDatabase } from './open-database';
import { parseCommand, usageLine } from './parse-command';

/** Where a command's words go: what it answers, and why it failed. */
export interface Output {
  stdout(text: string): void;
  stderr(text: string): void;
}

/** Runs the command that the words name. Answers its exit code: 0 when done, 1 when it failed, 2 when the words were wrong. */
export async function runCommand(args: readonly string[], output: Output): Promise<number> {
  const isJson = args.includes('--json');
  if (args.length === 0 || (args.length === 1 && ['--help', '-h', 'help'].includes(args[0] ?? ''))) {
    output.stdout(`${overview()}\n`);
    return args.length === 0 ? 2 : 0;
  }
  let installation: { close(): Promise<void> } | undefined;
  try {
    const { command, options, positionals, isHelp } = parseCommand(args, COMMANDS);
    if (isHelp) {
      output.stdout(`${helpFor(command)}\n`);
      return 0;
    }
    if (command.needsDatabase) installation = await openDatabase();
    const print = (answer: Answer): void => output.stdout(`${isJson ? JSON.stringify(answer.json) : answer.text}\n`);
    const answer = await command.run({ options, positionals, print });
    if (answer) print(answer);
    return answer?.exitCode ?? 0;
  } catch (thrown) {
    const error = asInputError(thrown, (field) => (field === 'ownerEmail' ? 'owner' : field));
    output.stderr(`${isJson ? JSON.stringify({ error: describe(error) }) : describe(error).message}\n`);
    return error instanceof UsageError ? 2 : 1;
  } finally {
    await closePrisma();
    await installation?.close();
  }
}

function describe(error: unknown): { message: string; code?: string; issues?: unknown } {
  if (isFairleadError(error)) {
    const { issues } = error.extras.more ?? {};
    return { message: error.message, code: error.code, ...(issues ? { issues } : {}) };
  }
  return { message: error instanceof Error ? error.message : String(error) };
}

function overview(): string {
  const width = Math.max(...COMMANDS.map(({ words }) => words.join(' ').length));
  return ['fairlead COMMAND [options] [--json]', '', ...COMMANDS.map(({ words, summary }) => `  ${words.join(' ').padEnd(width)}  ${summary}`), '', 'fairlead COMMAND --help shows its options.'].join('\n');
}

function helpFor(command: Command): string {
  return [usageLine(command), '', command.summary, ...(command.help ? ['', command.help] : [])].join('\n');
}
