import { z } from 'zod';
import { queueMail, readPublicUrl } from '@/lib/mail';
import { readBrandingIn } from '@/lib/services/branding/branding';
import { type Attention, readAttention } from '@/lib/services/operator/attention';
import { asSystem } from '@/lib/store';

const SETTING = 'operator.told';
const Told = z.array(z.string());

/**
 * Mails operators what came up since the last look: write-offs, unpriced models, providers out of balance or refusing
 * a key, spikes, jobs that fail. Each is told once while it lasts; one that went away and comes back is told again.
 * What was told and the mails are one transaction. Answers how many things were new.
 */
export async function tellOperators(): Promise<number> {
  return asSystem(async (tx) => {
    const now = (await readAttention(tx)).flatMap((one) => namesOf(one).map((name) => ({ kind: one.kind, name, key: `${one.kind}/${name}` })));
    const row = await tx.setting.findUnique({ where: { key: SETTING } });
    const before = new Set(Told.safeParse(row?.value).data ?? []);
    const fresh = now.filter(({ key }) => !before.has(key));
    const told = now.map(({ key }) => key).sort();
    if (fresh.length > 0 || told.length !== before.size) {
      await tx.setting.upsert({ where: { key: SETTING }, create: { key: SETTING, value: told }, update: { value: told, updatedAt: new Date() } });
    }
    if (fresh.length === 0) return 0;
    const kinds = [...new Set(fresh.map(({ kind }) => kind))];
    const found = kinds.map((kind) => ({ kind, names: fresh.filter((one) => one.kind === kind).map(({ name }) => name).join(', ') }));
    const product = (await readBrandingIn(tx)).name || 'Fairlead';
    const operators = await tx.user.findMany({ where: { isOperator: true }, select: { email: true, locale: true } });
    const cause = new Date().toISOString();
    const url = `${await readPublicUrl()}/admin`;
    for (const { email, locale } of operators) await queueMail(tx, { to: email, locale, template: 'operator', props: { product, found, url } }, cause);
    return fresh.length;
  });
}

/** What a thing is known by. A key that ends as planned is on the overview and no news. */
function namesOf(one: Attention): string[] {
  switch (one.kind) {
    case 'retiring_credentials':
      return [];
    case 'write_offs':
      return [`${one.count} · $${one.usd}`];
    case 'no_credential':
    case 'failed_test':
    case 'out_of_balance':
    case 'refused_key':
      return one.providers;
    default:
      return one.names;
  }
}
