import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Behaviour, LoggedRequest } from '@/lib/testing/fake-upstream';
import { inProcessGateway } from '@/lib/testing/suites/in-process';
import type { Subject, SubjectKey } from '@/lib/testing/suites/subject';
import { installClient, type Ran, runClient } from './command-line';

const { subjectOf } = await inProcessGateway();
let subject: Subject;
let key: SubjectKey;

beforeAll(async () => {
  subject = subjectOf('node');
  key = await subject.createKey({ plan: 'postpaid' });
});
afterEach(() => subject.upstream.reset());

interface CommandLine {
  name: string;
  npm: [name: string, version: string];
  /** May be absent only because it could not be installed. */
  optional: boolean;
  run(prompt: string): Promise<Ran>;
  /** How it calls the tool that runs a shell command, as the model sees it. */
  shellTool: RegExp;
  shellArguments(command: string): string;
}

const origin = () => subject.baseUrl.replace(/\/v1$/, '');

const CLIENTS: CommandLine[] = [
  {
    name: 'Claude Code',
    npm: ['@anthropic-ai/claude-code', '2.1.197'],
    optional: false,
    run: (prompt) =>
      runClient('claude', ['-p', prompt, '--output-format', 'json', '--max-turns', '4', '--allowedTools', 'Bash'], {
        env: { ANTHROPIC_BASE_URL: origin(), ANTHROPIC_AUTH_TOKEN: key.key, ANTHROPIC_API_KEY: '', ANTHROPIC_MODEL: 'main', ANTHROPIC_SMALL_FAST_MODEL: 'main', CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1', DISABLE_AUTOUPDATER: '1' },
      }),
    shellTool: /^Bash$/,
    shellArguments: (command) => JSON.stringify({ command, description: 'Runs it' }),
  },
  {
    name: 'Codex',
    npm: ['@openai/codex', '0.169.0'],
    optional: false,
    run: (prompt) =>
      runClient('codex', ['exec', '--skip-git-repo-check', '--dangerously-bypass-approvals-and-sandbox', '--json', prompt], {
        env: { FAIRLEAD_API_KEY: key.key },
        files: {
          '.codex/config.toml': `model = "main"\nmodel_provider = "fairlead"\n[model_providers.fairlead]\nname = "Fairlead"\nbase_url = "${subject.baseUrl}"\nenv_key = "FAIRLEAD_API_KEY"\nwire_api = "responses"\n`,
        },
      }),
    shellTool: /^(?:exec_command|shell|shell_command|local_shell)$/,
    shellArguments: (command) => JSON.stringify({ cmd: command, command: ['bash', '-lc', command] }),
  },
  {
    name: 'opencode',
    npm: ['opencode-ai', '1.18.33'],
    optional: true,
    run: (prompt) =>
      runClient('opencode', ['run', '-m', 'fairlead/main', prompt], {
        files: {
          '.config/opencode/opencode.json': JSON.stringify({
            permission: { bash: 'allow' },
            autoupdate: false,
            provider: { fairlead: { npm: '@ai-sdk/openai-compatible', name: 'Fairlead', options: { baseURL: subject.baseUrl, apiKey: key.key }, models: { main: { name: 'main', tool_call: true } } } },
          }),
        },
      }),
    shellTool: /^bash$/,
    shellArguments: (command) => JSON.stringify({ command, description: 'Runs it' }),
  },
  {
    name: 'Qwen Code',
    npm: ['@qwen-code/qwen-code', '0.15.10'],
    optional: true,
    run: (prompt) => runClient('qwen', ['-p', prompt, '--auth-type', 'openai', '--yolo'], { env: { OPENAI_BASE_URL: subject.baseUrl, OPENAI_API_KEY: key.key, OPENAI_MODEL: 'main' } }),
    shellTool: /^run_shell_command$/,
    shellArguments: (command) => JSON.stringify({ command, is_background: false, description: 'Runs it' }),
  },
];

/** Asks for the shell once, then tells what the tool said. */
function toolThenText(client: CommandLine): (request: LoggedRequest) => Behaviour {
  return ({ body }) => {
    const { tools = [], messages = [] } = body as { tools?: { function: { name: string } }[]; messages?: { role: string; content: unknown }[] };
    const shell = tools.map((tool) => tool.function.name).find((name) => client.shellTool.test(name));
    const result = messages.filter(({ role }) => role === 'tool').at(-1);
    if (!shell) return { chunks: ['A title'] };
    if (!result) return { chunks: [], finish: 'tool_calls', tools: [{ id: 'call_shell_1', name: shell, arguments: [client.shellArguments('echo fair-$((40+2))-lead')] }] };
    return { chunks: ['The tool said: ', JSON.stringify(result.content)] };
  };
}

describe.each(CLIENTS)('$name', (client) => {
  let why: string | null = null;
  beforeAll(() => {
    why = installClient(...client.npm);
    if (why && !client.optional) throw new Error(why);
  }, 300_000);

  it('answers one prompt through the gateway', async ({ skip }) => {
    skip(why !== null, `${client.name} could not be installed: ${why}`);
    subject.upstream.script('std', { chunks: ['hello ', 'from ', 'the ', 'fake'] });
    const ran = await client.run('Say hello');
    expect(ran.stdout, `${ran.code} ${ran.stderr.slice(-2_000)}`).toContain('hello from the fake');
    expect(ran.code).toBe(0);
  }, 90_000);

  it('calls one tool and reads its result', async ({ skip }) => {
    skip(why !== null, `${client.name} could not be installed: ${why}`);
    subject.upstream.script('std', toolThenText(client));
    const ran = await client.run('Run the command');
    expect(ran.stdout, `${ran.code} ${ran.stderr.slice(-2_000)} ${JSON.stringify(subject.upstream.requests.map(({ body }) => ((body as { tools?: unknown[] }).tools ?? []).map((tool) => JSON.stringify(tool).slice(0, 60))))}`).toContain('fair-42-lead');
    expect(ran.code).toBe(0);
  }, 90_000);
});
