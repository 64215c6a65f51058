import { log } from '@/lib/log';
import { asSystem } from '@/lib/store';
import { readDefaultPlan } from './default-plan';
import { ENDED } from './subscription-states';
import { changePlan } from './sync-customer';

/**
 * Ends what simulated money bought when the product no longer runs the simulator: its plans give way to the default
 * plan. Simulated credit stays where it is, as only demo models accept it.
 */
export async function retireSimulated(): Promise<void> {
  await asSystem(async (tx) => {
    const rows = await tx.subscription.findMany({ where: { simulated: true, status: { notIn: [...ENDED] } } });
    if (rows.length === 0) return;
    const defaultPlan = await readDefaultPlan(tx);
    for (const row of rows) {
      await tx.subscription.update({ where: { id: row.id }, data: { status: 'canceled', syncedAt: new Date() } });
      const org = await tx.organization.findUniqueOrThrow({ where: { id: row.orgId } });
      if (org.planId === row.planId) await changePlan(tx, { simulated: true }, org, defaultPlan);
    }
    log.warn({ subscriptions: rows.length }, 'simulated subscriptions ended, because the Stripe simulator is not in use');
  });
}
