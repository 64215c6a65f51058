import { formatUsd } from '@/lib/kernel/money';
import { prisma } from '@/lib/store';

export interface PublicPlan {
  id: string;
  name: string;
  currency: string;
  monthly: string;
  includedCredit: string;
  allow: string[];
  rpm: number | null;
  tpm: number | null;
  concurrency: number | null;
  logRetentionDays: number;
  seats: number | null;
  budget: { limit: string; period: string } | null;
  features: string[];
}

/** The plans anybody may see, cheapest first. */
export async function listPublicPlans(): Promise<PublicPlan[]> {
  const rows = await prisma().plan.findMany({ where: { isPublic: true }, orderBy: [{ position: 'asc' }, { monthlyNano: 'asc' }] });
  return rows.map(({ id, name, currency, monthlyNano, includedCreditNano, allow, rpm, tpm, concurrency, logRetentionDays, seats, budgetNano, budgetPeriod, features }) => ({
    id,
    name,
    currency,
    monthly: formatUsd(monthlyNano, 0),
    includedCredit: formatUsd(includedCreditNano, 2),
    allow,
    rpm,
    tpm,
    concurrency,
    logRetentionDays,
    seats,
    budget: budgetNano === null ? null : { limit: formatUsd(budgetNano, 2), period: budgetPeriod ?? 'month' },
    features,
  }));
}
