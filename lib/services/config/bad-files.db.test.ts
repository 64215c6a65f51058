import { beforeAll, describe, expect, it } from 'vitest';
import { isFairleadError } from '@/lib/kernel/errors';
import { privateKeysFrom } from '@/lib/seal';
import { seedCatalogue } from '@/lib/services/catalogue/seed-catalogue';
import type { OperatorCtx } from '@/lib/services/context';
import { asSystem } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { applyConfig } from './apply-config';
import { exportConfig } from './export-config';
import type { ConfigIssue } from './issues';
import type { ConfigSurroundings } from './surroundings';

const ctx: OperatorCtx = { operator: true, actor: { type: 'cli', label: 'test' } };

const surroundings: ConfigSurroundings = {
  secrets: {
    variable: (name) => ({ GOOD: 'sk-upstream-good-0001', EMPTY: '  ', AUTH_SECRET: 'never' })[name],
    file: () => Promise.reject(Object.assign(new Error('no such file'), { code: 'ENOENT' })),
  },
  allowPrivateUpstreams: false,
  sealPublicKey: privateKeysFrom([Buffer.alloc(32, 7).toString('base64')])[0]?.publicKey ?? '',
};

const provider = (rest: string): string => `providers: [{ id: p, adapter: openai, ${rest} }]`;
const secret = (text: string): string => provider(`credentials: [{ name: main, secret: "${text}" }]`);
const model = (rest: string): string => `providers: [{ id: p, adapter: openai }]\nmodels: [{ id: m, provider: p, ${rest} }]`;
const prices = (rest: string): string => model(`prices: { ${rest} }`);
const alias = (rest: string): string => `aliases: [{ name: a, ${rest} }]`;
const plan = (rest: string): string => `plans: [{ id: x, ${rest} }]`;

/** What a person may get wrong, the path they are told, and what they are told about it. */
const MISTAKES: [what: string, file: string, path: string, reason: RegExp][] = [
  ['a key misspelled at the top', 'provider: []', 'provider', /unknown key; did you mean "providers"\?/],
  ['a key misspelled inside', provider('baseURL: https://api.example.com/v1'), 'providers[0].baseURL', /unknown key; did you mean "baseUrl"\?/],
  ['a key misspelled deep inside', plan('limits: { rps: 5 }'), 'plans[0].limits.rps', /unknown key; did you mean "rpm"\?/],
  ['an id missing', 'providers: [{ adapter: openai }]', 'providers[0].id', /is missing/],
  ['an id with spaces', 'providers: [{ id: "my provider", adapter: openai }]', 'providers[0].id', /starts with a letter or digit/],
  ['an id twice', 'providers: [{ id: p, adapter: openai }, { id: p, adapter: openai }]', 'providers[1].id', /named twice/],
  ['a list that is a mapping', 'models: { id: m }', 'models', /must be a list/],
  ['an adapter that does not exist', 'providers: [{ id: p, adapter: opnai }]', 'providers[0].adapter', /no adapter "opnai"; did you mean "openai"\?/],
  ['an address that is none', provider('baseUrl: "https://"'), 'providers[0].baseUrl', /is not a URL/],
  ['an endpoint that does not exist', 'providers: [{ id: p, adapter: qwen, baseUrl: eu }]', 'providers[0].baseUrl', /endpoint of qwen .*intl/],
  ['a private address', provider('baseUrl: http://169.254.169.254/latest'), 'providers[0].baseUrl', /ALLOW_PRIVATE_UPSTREAMS=true/],
  ['this very machine', provider('baseUrl: http://localhost:8000/v1'), 'providers[0].baseUrl', /ALLOW_PRIVATE_UPSTREAMS=true/],
  ['a private address in other clothes', provider('baseUrl: "http://[::ffff:127.0.0.1]/v1"'), 'providers[0].baseUrl', /ALLOW_PRIVATE_UPSTREAMS=true/],
  ['a password in the address', provider('baseUrl: https://me:secret@api.example.com/v1'), 'providers[0].baseUrl', /user or password/],
  ['another protocol', provider('baseUrl: file:///etc/passwd'), 'providers[0].baseUrl', /https:\/\/ or http:\/\//],
  ['a secret in clear', secret('sk-1234567890abcdef'), 'providers[0].credentials[0].secret', /never written in the file/],
  ['a secret half in clear', secret('Bearer ${env:GOOD}'), 'providers[0].credentials[0].secret', /never written in the file/],
  ['a variable that is not set', secret('${env:NOT_THERE}'), 'providers[0].credentials[0].secret', /variable NOT_THERE is not set/],
  ['a variable that is empty', secret('${env:EMPTY}'), 'providers[0].credentials[0].secret', /variable EMPTY is empty/],
  ["the installation's own secret", secret('${env:AUTH_SECRET}'), 'providers[0].credentials[0].secret', /secret of this installation/],
  ['a file that is not there', secret('${file:/run/secrets/none}'), 'providers[0].credentials[0].secret', /does not exist/],
  ['two credentials of one name', provider('credentials: [{ name: a, secret: "${env:GOOD}" }, { name: a, secret: "${env:GOOD}" }]'), 'providers[0].credentials[1].name', /named twice/],
  ['a timeout below one millisecond', provider('timeouts: { connectMs: 0 }'), 'providers[0].timeouts.connectMs', /at least 1/],
  ['a timeout with a unit', provider('timeouts: { connectMs: 3s }'), 'providers[0].timeouts.connectMs', /must be a number/],
  ['a model without its provider', 'models: [{ id: m, provider: nobody }]', 'models[0].provider', /no provider "nobody"/],
  ['a model kind that does not exist', model('kind: chatt'), 'models[0].kind', /one of chat, embedding/],
  ['more output than context', model('contextWindow: 1000, maxOutputTokens: 2000'), 'models[0].maxOutputTokens', /larger than the context window/],
  ['a negative price', prices('input: "-1", output: "2"'), 'models[0].prices.input', /not negative/],
  ['a price that is no number', prices('input: cheap, output: "2"'), 'models[0].prices.input', /decimal amount/],
  ['a price without its output side', prices('input: "1"'), 'models[0].prices.output', /is missing|decimal amount/],
  ['another currency without a rate', prices('currency: CNY, input: "1", output: "2"'), 'models[0].prices.fxRate', /need fxRate/],
  ["a model id of the demo provider's", 'models: [{ id: demo/mine, provider: demo }]', 'models[0].id', /built-in demo provider/],
  ['the demo provider with an address', 'providers: [{ id: demo, adapter: demo, baseUrl: "https://api.example.com" }]', 'providers[0].baseUrl', /runs in process/],
  ['an alias without targets', alias('strategy: priority'), 'aliases[0].targets', /is missing/],
  ['an alias with an empty list of targets', alias('targets: []'), 'aliases[0].targets', /at least one target/],
  ['a target that does not exist', alias('targets: [{ model: demo/ecko }]'), 'aliases[0].targets[0].model', /no model "demo\/ecko"; did you mean "demo\/echo"\?/],
  ['a target that is an alias', alias('targets: [{ model: fast-chat }]'), 'aliases[0].targets[0].model', /is an alias; targets are models/],
  ['targets of two kinds', alias('targets: [{ model: demo/echo }, { model: demo/embed }]'), 'aliases[0].targets[1].model', /of one kind/],
  ['a strategy that does not exist', alias('strategy: random, targets: [{ model: demo/echo }]'), 'aliases[0].strategy', /one of priority, weighted/],
  ['an alias named like a model', 'aliases: [{ name: demo/echo, targets: [{ model: demo/lorem }] }]', 'aliases[0].name', /id of a model too/],
  ['too many retries', alias('targets: [{ model: demo/echo, retries: 50 }]'), 'aliases[0].targets[0].retries', /at most 5/],
  ['a plan that allows what does not exist', plan('models: { allow: [fast-chta] }'), 'plans[0].models.allow[0]', /no alias or model "fast-chta"; did you mean "fast-chat"\?/],
  ['a limit of nothing', plan('limits: { rpm: 0 }'), 'plans[0].limits.rpm', /at least 1/],
  ['a plan in another currency', plan('price: { currency: EUR, monthly: "1" }'), 'plans[0].price.currency', /priced in USD/],
  ['more digits than money has', plan('includedCredit: "0.0000000001"'), 'plans[0].includedCredit', /nine decimals/],
  ['an overage limit below nothing', plan('overageLimit: "-5"'), 'plans[0].overageLimit', /not negative/],
  ['a trial longer than Stripe allows', plan('trialDays: 731'), 'plans[0].trialDays', /at most 730/],
  ['a trial credit that is no amount', plan('trialCredit: some'), 'plans[0].trialCredit', /decimal amount/],
  ['text where a switch belongs', plan('prepaid: "yes"'), 'plans[0].prepaid', /true or false/],
  ['a default plan that does not exist', 'settings: { defaultPlan: gold }', 'settings.defaultPlan', /no plan "gold"/],
  ['a daily credit below nothing', 'settings: { includedCreditPerDay: "-1" }', 'settings.includedCreditPerDay', /not negative/],
  ['an own address with a path', 'settings: { branding: { publicUrl: "https://ai.example.com/llm" } }', 'settings.branding.publicUrl', /without a path/],
  ['a captcha without its site key', 'settings: { abuse: { captcha: turnstile } }', 'settings.abuse.siteKey', /needs its site key/],
  ['a markup that is no percentage', 'settings: { markupPercent: "10%" }', 'settings.markupPercent', /percentage/],
];

await createTestDatabase();
let before: string;

beforeAll(async () => {
  await asSystem(seedCatalogue);
  before = await exportConfig({ ctx });
});

async function issuesOf(text: string): Promise<ConfigIssue[]> {
  const error = await applyConfig({ ctx, input: { text }, surroundings }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!isFairleadError(error)) throw error ?? new Error('the file was applied');
  expect(error.code).toBe('invalid_request');
  return error.extras.more?.issues as ConfigIssue[];
}

describe('a file with a mistake is answered with its path and a reason, and nothing of it is applied', () => {
  it.each(MISTAKES)('%s', async (_what, file, path, reason) => {
    const issues = await issuesOf(`apiVersion: fairlead/v1\n${file}\n`);
    expect(issues.map((issue) => issue.path)).toContain(path);
    const issue = issues.find((one) => one.path === path);
    expect(issue?.message).toMatch(reason);
    expect(issue?.line).toBeGreaterThan(file.startsWith('settings') ? 0 : 1);
    expect(await exportConfig({ ctx })).toBe(before);
  });

  it.each([
    ['nothing', '', /is empty/],
    ['a comment only', '# later\n', /is empty/],
    ['no YAML', 'providers: [', /./],
    ['a key twice', 'apiVersion: fairlead/v1\nplans: []\nplans: []\n', /unique/],
    ['two documents', 'apiVersion: fairlead/v1\n---\napiVersion: fairlead/v1\n', /more than one/],
    ['another version', 'apiVersion: fairlead/v2\n', /must be fairlead\/v1/],
    ['no version', 'plans: []\n', /fairlead\/v1/],
    ['a list', '- a\n', /must be a mapping/],
  ])('a file that holds %s', async (_what, text, reason) => {
    expect((await issuesOf(text)).map(({ message }) => message).join('\n')).toMatch(reason);
  });

  it('tells every mistake at once', async () => {
    const issues = await issuesOf('apiVersion: fairlead/v1\nmodels: [{ id: m, provider: nobody }]\nplans: [{ id: x, models: { allow: [nothing-such] } }]\nsettings: { defaultPlan: gold }\n');
    expect(issues.map(({ path }) => path)).toEqual(['models[0].provider', 'plans[0].models.allow[0]', 'settings.defaultPlan']);
  });

  it('an adapter that does not exist is named with the one that was meant', async () => {
    const issues = await issuesOf('apiVersion: fairlead/v1\nproviders: [{ id: p, adapter: bedrok }]\n');
    expect(issues[0]).toMatchObject({ path: 'providers[0].adapter' });
    expect(issues[0]?.message).toMatch(/did you mean "bedrock"/);
  });
});
