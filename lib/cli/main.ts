import { assumeRole, loadEnvFiles } from '@/lib/env';
import { closePrisma } from '@/lib/store';
import { asInputError } from '@/lib/services/management/input-error';
import { isFairleadError } from '@/lib/kernel/errors';
import { type Answer, type Command, UsageError } from './command';
import { COMMANDS } from './commands';
import { openDatabase } from './open-database';
import { parseCommand, usageLine } from './parse-command';

/** `npm run fairlead -- …`: exit code 0 when done, 1 when it failed, 2 when the words were wrong. */
async function main(args: readonly string[]): Promise<number> {
  const isJson = args.includes('--json');
  if (args.length === 0 || (args.length === 1 && ['--help', '-h', 'help'].includes(args[0] ?? ''))) {
    process.stdout.write(`${overview()}\n`);
    return args.length === 0 ? 2 : 0;
  }
  assumeRole('cli');
  loadEnvFiles();
  let installation: { close(): Promise<void> } | undefined;
  try {
    const { command, options, positionals, isHelp } = parseCommand(args, COMMANDS);
    if (isHelp) {
      process.stdout.write(`${helpFor(command)}\n`);
      return 0;
    }
    if (command.needsDatabase) installation = await openDatabase();
    const print = (answer: Answer): void => {
      process.stdout.write(`${isJson ? JSON.stringify(answer.json) : answer.text}\n`);
    };
    const answer = await command.run({ options, positionals, print });
    if (answer) print(answer);
    return answer?.exitCode ?? 0;
  } catch (thrown) {
    const error = asInputError(thrown, (field) => (field === 'ownerEmail' ? 'owner' : field));
    process.stderr.write(`${isJson ? JSON.stringify({ error: describe(error) }) : describe(error).message}\n`);
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

// A closed pipe (`| head`) is the reader's choice, not a failure.
process.stdout.on('error', () => process.exit(0));
process.exitCode = await main(process.argv.slice(2));
