import { generateKey } from '@/lib/auth/api-key';
import { newId, type KeyId, type OrgId } from '@/lib/kernel/ids';
import { parseUsd } from '@/lib/kernel/money';
import { type FundClass, grantCredit } from '@/lib/ledger';
import { asSystem, bumpVersion } from '@/lib/store';

export interface TestTenant {
  orgId: OrgId;
  slug: string;
  keyId: KeyId;
  key: string;
  planId: string;
}

export interface TenantOptions {
  /** Dollars per fund. */
  credit?: Partial<Record<FundClass, string>>;
  plan?: Partial<{ prepaid: boolean; rpm: number | null; tpm: number | null; concurrency: number | null; allow: string[]; deny: string[]; retentionDays: number; markupPercent: string }>;
  key?: Partial<{ models: string[]; rpm: number; tpm: number; concurrency: number; budget: string; budgetPeriod: string; expiresAt: Date; kind: 'inference' | 'management' }>;
  timezone?: string;
}

/** An organization with a plan and a key of its own, as a test needs it. */
export async function createTenant(options: TenantOptions = {}): Promise<TestTenant> {
  const orgId = newId('org');
  const planId = newId('plan');
  const keyId = newId('key');
  const slug = orgId.slice(-12).toLowerCase();
  const made = generateKey(options.key?.kind ?? 'inference');
  const { plan = {}, key = {} } = options;
  await asSystem(async (tx) => {
    await tx.plan.create({
      data: {
        id: planId,
        name: 'Test',
        allow: plan.allow ?? ['*'],
        deny: plan.deny ?? [],
        rpm: plan.rpm ?? null,
        tpm: plan.tpm ?? null,
        concurrency: plan.concurrency ?? null,
        prepaid: plan.prepaid ?? true,
        logRetentionDays: plan.retentionDays ?? 7,
        markupPercent: plan.markupPercent ?? null,
        isPublic: false,
      },
    });
    await tx.organization.create({ data: { id: orgId, slug, name: 'Test', planId, timezone: options.timezone ?? 'UTC' } });
    await tx.apiKey.create({
      data: {
        id: keyId,
        orgId,
        name: 'test key',
        kind: key.kind ?? 'inference',
        hash: made.hash,
        prefix: made.prefix,
        last4: made.last4,
        allModels: key.models === undefined,
        models: key.models ?? [],
        rpm: key.rpm ?? null,
        tpm: key.tpm ?? null,
        concurrency: key.concurrency ?? null,
        budgetNano: key.budget === undefined ? null : parseUsd(key.budget),
        budgetPeriod: key.budget === undefined ? null : (key.budgetPeriod ?? 'total'),
        expiresAt: key.expiresAt ?? null,
      },
    });
    for (const [fund, amount] of Object.entries(options.credit ?? {})) {
      await grantCredit(tx, { orgId, fund: fund as FundClass, amount: parseUsd(amount), kind: 'grant', sourceType: 'test', sourceId: `${orgId}:${fund}` });
    }
    await bumpVersion(tx, 'policy');
    await bumpVersion(tx, 'keys');
  });
  return { orgId, slug, keyId, key: made.key, planId };
}
