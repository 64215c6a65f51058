import { beforeEach, describe, expect, it } from 'vitest';
import { privateKeysFrom, unseal } from '@/lib/seal';
import { seedCatalogue } from '@/lib/services/catalogue/seed-catalogue';
import type { OperatorCtx } from '@/lib/services/context';
import { asSystem } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { applyConfig } from './apply-config';
import { exportConfig } from './export-config';
import { planConfig } from './plan-config';
import { renderPlan } from './render-plan';
import type { ConfigSurroundings } from './surroundings';

const ctx: OperatorCtx = { operator: true, actor: { type: 'cli', label: 'test' } };
const [sealKey] = privateKeysFrom([Buffer.alloc(32, 7).toString('base64')]);
if (!sealKey) throw new Error('no key');

const variables: Record<string, string> = {};
const surroundings: ConfigSurroundings = {
  secrets: { variable: (name) => variables[name], file: () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOENT' })) },
  allowPrivateUpstreams: true,
  sealPublicKey: sealKey.publicKey,
};

const plan = (text: string, prune = false) => planConfig({ ctx, input: { text, prune }, surroundings });
const apply = (text: string, prune = false) => applyConfig({ ctx, input: { text, prune }, surroundings });
const count = (what: 'audit' | 'cards'): Promise<number> => asSystem((tx) => (what === 'audit' ? tx.auditEntry.count() : tx.priceCard.count({ where: { modelId: 'std' } })));
const policyVersion = (): Promise<bigint> => asSystem(async (tx) => (await tx.version.findUniqueOrThrow({ where: { name: 'policy' } })).value);

const BASE = `
apiVersion: fairlead/v1
providers:
  - id: u1
    adapter: openai-compatible
    baseUrl: http://127.0.0.1:9100/v1/
    credentials: [{ name: main, secret: "\${env:U1_KEY}", weight: 1 }]
    timeouts: { connectMs: 3000, firstTokenMs: 30000 }
models:
  - id: std
    provider: u1
    upstreamModel: gpt-4o-mini
    contextWindow: 128000
    maxOutputTokens: 4096
    capabilities: [tools, vision, json]
    prices: { currency: USD, input: "2.00", cachedInput: "0.50", output: "8.00" }
  - { id: big, provider: u1, prices: { input: 3, output: 15 } }
aliases:
  - name: fast-chat
    targets: [{ model: std, retries: 1 }, { model: big }]
plans:
  - id: free
    limits: { rpm: 7 }
`;

await createTestDatabase();


beforeEach(async () => {
  for (const name of Object.keys(variables)) delete variables[name];
  variables.U1_KEY = 'sk-upstream-0001-abcd';
  await asSystem(async (tx) => {
    await tx.plan.deleteMany();
    await tx.alias.deleteMany();
    await tx.provider.deleteMany();
    await tx.setting.deleteMany();
    await seedCatalogue(tx);
  });
});

describe('the starter catalogue', () => {
  it('is loaded once and never overwrites or brings back what an operator changed', async () => {
    await asSystem((tx) => tx.plan.update({ where: { id: 'free' }, data: { rpm: 1 } }));
    await asSystem((tx) => tx.alias.delete({ where: { name: 'zh-business' } }));
    expect(await asSystem(seedCatalogue)).toEqual([]);
    expect((await asSystem((tx) => tx.plan.findUniqueOrThrow({ where: { id: 'free' } }))).rpm).toBe(1);
    expect(await asSystem((tx) => tx.alias.count())).toBe(4);
  });

  it('offers three plans with rising limits, five aliases over demo models, and prices for every model', async () => {
    const plans = await asSystem((tx) => tx.plan.findMany({ orderBy: { position: 'asc' } }));
    expect(plans.map(({ id }) => id)).toEqual(['free', 'pro', 'enterprise']);
    for (const limit of ['rpm', 'tpm', 'concurrency', 'seats', 'logRetentionDays'] as const) {
      const values = plans.map((row) => row[limit] ?? 0);
      expect(values).toEqual([...new Set(values)].sort((a, b) => a - b));
    }
    const models = await asSystem((tx) => tx.model.findMany({ include: { cards: true } }));
    expect(models.filter(({ cards }) => cards.length !== 1)).toEqual([]);
    const aliases = await asSystem((tx) => tx.alias.findMany());
    expect(aliases.map(({ name }) => name).sort()).toEqual(['advanced-reasoning', 'code-reasoner', 'fast-chat', 'long-context', 'zh-business']);
    for (const alias of aliases) expect((alias.targets as { model: string }[]).every(({ model }) => models.some(({ id }) => id === model))).toBe(true);
  });
});

describe('config plan', () => {
  it('shows what would be added and changed, and writes nothing', async () => {
    const changes = await plan(BASE);
    expect(changes.map(({ op, type, id }) => `${op} ${type} ${id}`)).toEqual(['add provider u1', 'add model big', 'add model std', 'change alias fast-chat', 'change plan free']);
    const text = renderPlan(changes);
    expect(text).toContain('+ provider u1\n');
    expect(text).toContain('    limits.rpm: 60 → 7\n');
    expect(text).toContain('    targets: demo/echo, demo/lorem → std (retries 1), big\n');
    expect(text).toContain('3 to add, 2 to change, 0 to remove');
    expect(text).not.toContain('sk-upstream');
    expect(await asSystem((tx) => tx.provider.count({ where: { id: 'u1' } }))).toBe(0);
  });

  it('says No changes for what is applied already, however amounts are written', async () => {
    await apply(BASE);
    expect(renderPlan(await plan(BASE))).toBe('No changes');
    expect(await plan(BASE.replace('"2.00"', '"2"').replace('output: 15', 'output: "15.000"').replace('9100/v1/', '9100/v1'))).toEqual([]);
  });
});

describe('config apply', () => {
  it('writes everything in one go, with one audit row and a new policy version; the second time nothing', async () => {
    const [audits, version] = [await count('audit'), await policyVersion()];
    await apply(BASE);
    expect(await count('audit')).toBe(audits + 1);
    expect(await policyVersion()).toBe(version + 1n);
    expect(await apply(BASE)).toEqual([]);
    expect(await count('audit')).toBe(audits + 1);
    expect(await policyVersion()).toBe(version + 1n);
    const audit = await asSystem((tx) => tx.auditEntry.findFirstOrThrow({ where: { action: 'config.apply' }, orderBy: { id: 'desc' } }));
    expect(JSON.stringify(audit.after)).toContain('"id":"std"');
    expect(JSON.stringify(audit.after)).not.toContain('sk-upstream');
  });

  it('seals the secret so that only the gateway reads it, and notices a new value of the variable', async () => {
    await apply(BASE);
    const stored = await asSystem((tx) => tx.credential.findFirstOrThrow({ where: { providerId: 'u1' } }));
    expect(unseal([sealKey], stored.sealed ?? '')).toBe('sk-upstream-0001-abcd');
    expect(stored).toMatchObject({ last4: 'abcd', source: '${env:U1_KEY}', enabled: true });
    variables.U1_KEY = 'sk-upstream-0002-wxyz';
    expect(renderPlan(await apply(BASE))).toContain('credentials.main.value: …abcd → …wxyz');
    const rotated = await asSystem((tx) => tx.credential.findFirstOrThrow({ where: { providerId: 'u1' } }));
    expect(unseal([sealKey], rotated.sealed ?? '')).toBe('sk-upstream-0002-wxyz');
    expect(await apply(BASE)).toEqual([]);
  });

  it('adds a price card when a price changes and leaves the old one as it was', async () => {
    await apply(BASE);
    await apply(BASE.replace('"2.00"', '"2.50"'));
    const cards = await asSystem((tx) => tx.priceCard.findMany({ where: { modelId: 'std' }, orderBy: { effectiveFrom: 'asc' } }));
    expect(cards.map(({ rates }) => (rates as { input: string }).input)).toEqual(['2.00', '2.50']);
    expect(cards.map(({ rates }) => (rates as { cachedInput: string }).cachedInput)).toEqual(['0.50', '0.50']);
  });

  it('keeps what the file does not name, in the whole and inside an item, and replaces named lists whole', async () => {
    await apply(BASE);
    await apply('apiVersion: fairlead/v1\nmodels: [{ id: std, provider: u1, capabilities: [json] }]\nplans: [{ id: free, models: { deny: [big] }, limits: { tpm: null } }]');
    const model = await asSystem((tx) => tx.model.findUniqueOrThrow({ where: { id: 'std' } }));
    expect(model).toMatchObject({ upstreamModel: 'gpt-4o-mini', contextWindow: 128_000, capabilities: ['json'] });
    const free = await asSystem((tx) => tx.plan.findUniqueOrThrow({ where: { id: 'free' } }));
    expect(free).toMatchObject({ rpm: 7, tpm: null, concurrency: 5, deny: ['big'], allow: expect.arrayContaining(['fast-chat', 'demo/*']) });
    expect(await asSystem((tx) => tx.plan.count())).toBe(3);
    expect(await count('cards')).toBe(1);
  });

  it('--prune removes what the file does not name, but never the demo provider', async () => {
    await apply(BASE);
    const changes = await apply('apiVersion: fairlead/v1\nplans: [{ id: free, models: { allow: ["*"] } }]', true);
    expect(changes.filter(({ op }) => op === 'remove').map(({ type, id }) => `${type} ${id}`)).toEqual([
      'provider u1', 'model big', 'model std', 'alias advanced-reasoning', 'alias code-reasoner', 'alias fast-chat', 'alias long-context', 'alias zh-business', 'plan enterprise', 'plan pro',
    ]);
    expect(await asSystem((tx) => tx.provider.findMany({ select: { id: true } }))).toEqual([{ id: 'demo' }]);
    expect(await asSystem((tx) => tx.model.count())).toBe(9);
    expect(await asSystem(seedCatalogue)).toEqual([]);
  });

  it('--prune refuses to take a plan away from organizations, or a target from an alias that stays', async () => {
    await apply(BASE);
    await asSystem((tx) => tx.organization.create({ data: { id: 'org_prune', slug: 'prune', name: 'Prune', planId: 'pro' } }));
    try {
      await expect(apply('apiVersion: fairlead/v1\nplans: [{ id: free, models: { allow: ["*"] } }]', true)).rejects.toThrow(/plans\.pro: would be removed, but 1 organization is on it/);
    } finally {
      await asSystem((tx) => tx.organization.delete({ where: { id: 'org_prune' } }));
    }
    await expect(apply('apiVersion: fairlead/v1\naliases: [{ name: fast-chat }]\nplans: [{ id: free, models: { allow: [fast-chat] } }]', true)).rejects.toThrow(/its target "std" would be removed/);
  });

  it('makes the log partitions of a retention that no plan had before', async () => {
    await apply('apiVersion: fairlead/v1\nplans: [{ id: audit, logRetentionDays: 400 }]');
    const [row] = await asSystem((tx) => tx.$queryRaw<{ found: boolean }[]>`SELECT to_regclass('logs.request_d400_' || to_char(now() AT TIME ZONE 'utc', 'YYYYMMDD')) IS NOT NULL AS found`);
    expect(row?.found).toBe(true);
  });

  it('${stored} keeps a secret that was pasted and otherwise leaves the credential off', async () => {
    const stored = BASE.replace('${env:U1_KEY}', '${stored}');
    await apply(stored);
    expect(await asSystem((tx) => tx.credential.findFirstOrThrow({ where: { providerId: 'u1' } }))).toMatchObject({ sealed: null, enabled: false, source: null });
    await apply(BASE);
    expect(await asSystem((tx) => tx.credential.findFirstOrThrow({ where: { providerId: 'u1' } }))).toMatchObject({ enabled: true });
    await apply(stored);
    const kept = await asSystem((tx) => tx.credential.findFirstOrThrow({ where: { providerId: 'u1' } }));
    expect(unseal([sealKey], kept.sealed ?? '')).toBe('sk-upstream-0001-abcd');
    expect(kept).toMatchObject({ enabled: true, source: null });
    expect(await apply(stored)).toEqual([]);
  });
});

describe('a new model that our catalogue knows', () => {
  it('takes its price and limits from there, unless the file names them', async () => {
    const text = `
apiVersion: fairlead/v1
providers: [{ id: ds, adapter: deepseek }]
models:
  - { id: deepseek-flash, provider: ds }
  - { id: own-price, provider: ds, upstreamModel: deepseek-flash, prices: { input: "9", output: "9" }, capabilities: [] }
  - { id: no-price, provider: ds, upstreamModel: deepseek-flash, prices: null }`;
    await apply(text);
    const models = await asSystem((tx) => tx.model.findMany({ where: { providerId: 'ds' }, include: { cards: true }, orderBy: { id: 'asc' } }));
    const [known, none, own] = models;
    expect(known).toMatchObject({ contextWindow: 1_000_000, capabilities: ['json', 'reasoning', 'tools'], cards: [{ source: 'catalogue', currency: 'USD' }] });
    expect(known?.cards[0]?.tiers).toMatchObject([{ windows: [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '12:00', utcOffsetMinutes: 480 }, {}] }]);
    expect(none?.cards).toEqual([]);
    expect(own).toMatchObject({ capabilities: [], cards: [{ source: 'operator' }] });
    expect(await plan(text)).toEqual([]);
    expect(await plan(await exportConfig({ ctx }), true)).toEqual([]);
    await expect(apply(text.replace('- { id: deepseek-flash, provider: ds }', '- { id: deepseek-flash, provider: ds, prices: null }'))).rejects.toThrow(/cannot be taken away/);
  });
});

describe('config export', () => {
  it('comes back byte for byte after it was applied to an empty installation', async () => {
    await apply(BASE);
    await apply(`
apiVersion: fairlead/v1
providers:
  - { id: a-pasted, adapter: qwen, baseUrl: intl, credentials: [{ name: "1", secret: "\${stored}", weight: 3 }], enabled: false, onClientDisconnect: drain }
models:
  - { id: qwen-plus, provider: a-pasted, prices: { currency: CNY, fxRate: "0.14", input: "0.8", output: "2", tiers: [{ maxInput: 32000, input: 1, output: 4 }] } }
  - { id: demo/echo, provider: demo, prices: { input: "1", output: "2" } }
aliases:
  - { name: zh, strategy: weighted, sticky: user, description: "Ja: \\"nein\\"", targets: [{ model: qwen-plus, weight: 3 }, { model: std, weight: 0, timeouts: { totalMs: 5000 } }] }
plans:
  - { id: team, price: { monthly: 12.5 }, includedCredit: 0.000001, overageLimit: 25, trialDays: 14, trialCredit: "2.5", limits: { rpm: null, tpm: 5 }, markupPercent: "12.50", prepaid: false, public: false }
settings: { defaultPlan: team, markupPercent: 10, logBodies: false }`);
    const first = await exportConfig({ ctx });
    await asSystem(async (tx) => {
      await tx.plan.deleteMany();
      await tx.alias.deleteMany();
      await tx.provider.deleteMany();
      await tx.setting.deleteMany();
      await seedCatalogue(tx);
    });
    await apply(first);
    expect(await exportConfig({ ctx })).toBe(first);
    expect(await plan(first, true)).toEqual([]);
    expect(first).not.toContain('sk-upstream');
    expect(first).toContain('secret: ${stored}');
    expect(first).toContain('monthly: "12.50"');
    expect(first).toMatch(/overageLimit: "25.00"\n\s+trialDays: 14\n\s+trialCredit: "2.50"/);
    const row = await asSystem((tx) => tx.plan.findUniqueOrThrow({ where: { id: 'team' } }));
    expect(row).toMatchObject({ overageLimitNano: 25_000_000_000n, trialDays: 14, trialCreditNano: 2_500_000_000n });
  });
});
