import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { privateKeysFrom } from '@/lib/seal';
import { findCaptcha, saveAbuseSettings } from '@/lib/services/abuse/abuse-settings';
import { savePlatformDeny } from '@/lib/services/access/platform-deny';
import { saveSignupPolicy } from '@/lib/services/accounts/signup-policy';
import { saveBranding } from '@/lib/services/branding/branding';
import { OUR_BRANDING } from '@/lib/services/branding/branding-schema';
import { saveLogo } from '@/lib/services/branding/logo';
import { seedCatalogue } from '@/lib/services/catalogue/seed-catalogue';
import type { OperatorCtx } from '@/lib/services/context';
import { saveCreditCap } from '@/lib/services/operator/budgets/credit-cap';
import { saveOperatorBudget } from '@/lib/services/operator/budgets/save-operator-budget';
import { saveModel } from '@/lib/services/operator/models/save-model';
import { setPrice } from '@/lib/services/operator/models/set-price';
import { addCredential } from '@/lib/services/operator/providers/change-credentials';
import { updateProvider } from '@/lib/services/operator/providers/update-provider';
import { asSystem } from '@/lib/store';
import { anyConfiguration } from '@/lib/testing/any-configuration';
import { createTestDatabase } from '@/lib/testing/database';
import { applyConfig } from './apply-config';
import { exportConfig } from './export-config';
import { planConfig } from './plan-config';
import { SETTING_ROWS } from './settings-items';
import type { ConfigSurroundings } from './surroundings';

const ctx: OperatorCtx = { operator: true, actor: { type: 'cli', label: 'test' } };
const [sealKey] = privateKeysFrom([Buffer.alloc(32, 7).toString('base64')]);
const surroundings: ConfigSurroundings = {
  secrets: { variable: (name) => `secret-of-${name}`, file: () => Promise.resolve('secret-of-a-file') },
  allowPrivateUpstreams: true,
  sealPublicKey: sealKey?.publicKey ?? '',
};
const database = await createTestDatabase();

const apply = (text: string, prune = true) => applyConfig({ ctx, input: { text, prune }, surroundings });
const exported = () => exportConfig({ ctx });

/** As a start on an empty data folder leaves it. */
async function emptyInstallation(): Promise<void> {
  await asSystem(async (tx) => {
    await tx.operatorBudget.deleteMany();
    await tx.plan.deleteMany();
    await tx.alias.deleteMany();
    await tx.provider.deleteMany();
    await tx.setting.deleteMany();
    await seedCatalogue(tx);
  });
}
beforeEach(emptyInstallation);

/** What the export of another installation makes of an empty one. */
async function carriedOver(text: string, prune = true): Promise<string> {
  await emptyInstallation();
  await apply(text, prune);
  return exported();
}

describe('export', () => {
  it('of any configuration, applied to an empty installation, exports the same bytes, and is no change where it came from', async () => {
    await fc.assert(
      fc.asyncProperty(anyConfiguration, async (document) => {
        await emptyInstallation();
        await apply(JSON.stringify(document));
        const text = await exported();
        expect(await planConfig({ ctx, input: { text, prune: true }, surroundings })).toEqual([]);
        expect(await carriedOver(text)).toBe(text);
      }),
      { numRuns: 12 },
    );
  }, 120_000);

  it('holds what the operator set on pages: region, retirement, later prices, sign-up, branding, logo and denials', async () => {
    await apply('apiVersion: fairlead/v1\nproviders: [{ id: p, adapter: openai }]\nmodels: [{ id: m, provider: p, prices: { input: 1, output: 2 } }]', false);
    await updateProvider({ ctx, input: { id: 'p', dataRegion: 'eu' } });
    await saveModel({
      ctx,
      input: {
        id: 'm',
        isNew: false,
        provider: 'p',
        upstreamModel: 'm',
        displayName: 'M',
        kind: 'chat',
        contextWindow: 1_000,
        maxOutputTokens: null,
        capabilities: ['tools'],
        enabled: true,
        retiresOn: '2031-02-03',
      },
    });
    await setPrice({
      ctx,
      input: {
        model: 'm',
        effectiveFrom: '2099-01-01T00:00:00Z',
        organization: '',
        prices: { input: '3', output: '4', tiers: [{ maxInput: 1_000, input: '1', output: '2' }] },
      },
    });
    await saveSignupPolicy({ ctx, input: { policy: 'invite', domains: ['example.com'] } });
    await saveBranding({
      ctx,
      input: {
        ...OUR_BRANDING,
        name: 'Acme AI',
        primaryLight: '#0f5c63',
        publicUrl: 'https://ai.acme.example',
        termsUrl: 'https://acme.example/terms',
        legalVersion: '2026-11',
        currency: 'CNY',
        cnyPerUsd: '7.1',
        cnyRateDate: '2026-11-25',
      },
    });
    await saveLogo({ ctx, input: { data: PIXEL } });
    await addCredential({ ctx, input: { provider: 'p', name: 'main', secret: 'sk-pasted-0123456789', weight: 1 } });
    await saveOperatorBudget({ ctx, input: { scopeType: 'credential', scopeId: 'p/main', limitUsd: '7', period: 'week', resetDay: 3, action: 'warn' } });
    await saveOperatorBudget({ ctx, input: { scopeType: 'platform', limitUsd: '900', period: 'month' } });
    await saveAbuseSettings({ ctx, input: { captcha: 'turnstile', siteKey: '0x4AAA', secret: 'captcha-secret-1', verifyUrl: '', safetyIdentifier: false } });
    await saveCreditCap({ ctx, input: { usdPerDay: '25' } });
    await savePlatformDeny({ ctx, input: { rules: [{ rule: 'gpt-*', reason: 'law' }] } });

    const text = await exported();
    expect(parse(text)).toMatchObject({
      providers: [{ id: 'p', dataRegion: 'eu' }],
      models: [{ id: 'm', retiresOn: '2031-02-03', scheduledPrices: [{ from: '2099-01-01T00:00:00.000Z', input: '3.00', tiers: [{ maxInput: 1_000 }] }] }],
      budgets: [
        { scope: 'credential', of: 'p/main', limitUsd: '7.00', period: 'week', resetDay: 3, action: 'warn' },
        { scope: 'platform', limitUsd: '900.00' },
      ],
      settings: {
        includedCreditPerDay: '25.00',
        abuse: { captcha: 'turnstile', siteKey: '0x4AAA', safetyIdentifier: false },
        signUp: { policy: 'invite' },
        branding: { name: 'Acme AI', publicUrl: 'https://ai.acme.example', cnyPerUsd: '7.1' },
        logo: PIXEL,
        deny: [{ rule: 'gpt-*', reason: 'law' }],
      },
    });
    expect(text).not.toMatch(/captcha-secret|sk-pasted/);
    expect(await carriedOver(text, false)).toBe(text);
    // Without its secret a captcha is not asked, so nobody is locked out of a new installation.
    expect(await findCaptcha()).toBeNull();
    const rows = await database.query('SELECT key FROM setting');
    const known = [...Object.values(SETTING_ROWS), 'catalogue.seeded', 'credential.fingerprints'];
    expect(rows.map(({ key }) => key).filter((key) => !known.includes(String(key)))).toEqual([]);
  });

  it('names every column that says how the installation behaves', async () => {
    /** What is no choice of an operator: identity, time, state, history, and rows that belong to an organization. */
    const NOT_CONFIGURED: Record<string, string[]> = {
      provider: ['created_at'],
      credential: ['id', 'provider_id', 'sealed', 'last4', 'retires_at', 'last_test', 'tested_at', 'created_at'],
      model: ['created_at'],
      price_card: ['id', 'model_id', 'org_id', 'source', 'created_at', 'tiers', 'rates'],
      alias: ['id', 'version', 'updated_at'],
      plan: ['version', 'updated_at', 'allow', 'deny', 'rpm', 'tpm', 'concurrency'],
      operator_budget: ['id', 'created_at', 'updated_at'],
    };
    const RENAMED: Record<string, string> = {
      provider_id: 'provider',
      scope_type: 'scope',
      scope_id: 'of',
      limit_nano: 'limitUsd',
      effective_from: 'from',
      retires_at: 'retiresOn',
      source: 'secret',
      is_public: 'public',
      currency: 'price',
      monthly_nano: 'price',
      included_credit_nano: 'includedCredit',
      overage_limit_nano: 'overageLimit',
      trial_credit_nano: 'trialCredit',
      budget_nano: 'budget',
      budget_period: 'budget',
    };
    await apply(
      JSON.stringify({
        apiVersion: 'fairlead/v1',
        providers: [{ id: 'p', adapter: 'openai', credentials: [{ name: 'a', secret: '${env:K}', priority: 2, enabled: false }] }],
        models: [
          {
            id: 'm',
            provider: 'p',
            prices: { input: 1, output: 1 },
            scheduledPrices: [{ from: '2099-01-01T00:00:00Z', currency: 'CNY', fxRate: '0.1', region: 'cn', input: 1, output: 1 }],
          },
        ],
        aliases: [{ name: 'x', targets: [{ model: 'm' }] }],
        budgets: [{ scope: 'platform', limitUsd: '5', period: 'month' }],
      }),
      false,
    );
    const file = parse(await exported()) as Record<string, Record<string, unknown>[]>;
    const first = (list: unknown): object | undefined => (list as object[] | undefined)?.[0];
    const [provider, model] = [file.providers?.[0], file.models?.[0]];
    const shown: Record<string, object | undefined> = {
      provider,
      credential: first(provider?.credentials),
      model,
      price_card: first(model?.scheduledPrices),
      alias: first(file.aliases),
      plan: first(file.plans),
      operator_budget: first(file.budgets),
    };
    const columns = await database.query(
      `SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = ANY($1)`,
      [Object.keys(NOT_CONFIGURED)],
    );
    const missing = columns.filter(({ table_name: table, column_name: column }) => {
      const name = String(column);
      if (NOT_CONFIGURED[String(table)]?.includes(name)) return false;
      const camel = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
      return !Object.keys(shown[String(table)] ?? {}).some((key) => key === camel || key === RENAMED[name]);
    });
    expect(missing).toEqual([]);
  });

  it('goes on being true after a scheduled price took over', async () => {
    const text = `apiVersion: fairlead/v1
providers: [{ id: p, adapter: openai }]
models: [{ id: m, provider: p, prices: { input: 1, output: 1 }, scheduledPrices: [{ from: "2020-01-01T00:00:00Z", input: 2, output: 2 }, { from: "2099-01-01T00:00:00Z", input: 3, output: 3 }] }]`;
    await apply(text, false);
    expect(await apply(text, false)).toEqual([]);
    expect(parse(await exported())).toMatchObject({
      models: [{ prices: { input: '2.00' }, scheduledPrices: [{ from: '2099-01-01T00:00:00.000Z', input: '3.00' }] }],
    });
  });
});

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
