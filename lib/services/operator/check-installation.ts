import type { OperatorCtx } from '@/lib/services/context';
import { readState } from '@/lib/services/config/read-state';
import { asSystem } from '@/lib/store';

export interface Check {
  name: string;
  state: 'ok' | 'note' | 'failed';
  detail: string;
  fix?: string;
}

/** A process that was seen within this time is running. */
const ALIVE_MS = 60_000;

/** What the database says about the installation: does it answer, is anything running, can a call succeed. */
export async function checkInstallation(_args: { ctx: OperatorCtx }): Promise<Check[]> {
  return asSystem(async (tx) => {
    const [server] = await tx.$queryRaw<{ version: string; now: Date }[]>`SELECT current_setting('server_version') AS version, now() AS now`;
    const alive = await tx.heartbeat.count({ where: { seenAt: { gt: new Date((server?.now ?? new Date()).getTime() - ALIVE_MS) } } });
    const { state, secrets } = await readState(tx);
    const checks: Check[] = [
      { name: 'database', state: 'ok', detail: `Postgres ${server?.version ?? 'answers'}` },
      alive > 0
        ? { name: 'gateway', state: 'ok', detail: `${alive} ${alive === 1 ? 'process is' : 'processes are'} running` }
        : { name: 'gateway', state: 'note', detail: 'not running', fix: 'Start it with npm start.' },
    ];

    const real = [...state.providers.values()].filter(({ adapter, enabled }) => adapter !== 'demo' && enabled);
    if (real.length === 0) checks.push({ name: 'providers', state: 'note', detail: 'only the demo provider', fix: 'Add a provider in /admin/providers or with fairlead config apply -f fairlead.yaml.' });
    for (const provider of real) {
      const usable = provider.credentials.filter(({ name, enabled }) => enabled !== false && secrets.known.has(`${provider.id}/${name}`));
      const isMissing = provider.credentials.length > 0 && usable.length === 0;
      checks.push(
        isMissing
          ? { name: `provider ${provider.id}`, state: 'failed', detail: 'no credential with a secret', fix: 'Give its credentials a secret: ${env:NAME} in fairlead.yaml, then fairlead config apply.' }
          : { name: `provider ${provider.id}`, state: 'ok', detail: `${usable.length} ${usable.length === 1 ? 'credential' : 'credentials'}` },
      );
    }

    const unpriced = [...state.models.values()].filter(({ prices, enabled }) => enabled && !prices).map(({ id }) => id);
    if (unpriced.length > 0) checks.push({ name: 'prices', state: 'note', detail: `without a price: ${unpriced.join(', ')}`, fix: 'Calls under a dollar limit are refused as model_unpriced until they have one.' });
    const broken = [...state.aliases.values()].filter(({ targets }) => !targets.some(({ model }) => state.models.get(model)?.enabled)).map(({ name }) => name);
    if (broken.length > 0) checks.push({ name: 'aliases', state: 'failed', detail: `no target that exists: ${broken.join(', ')}`, fix: 'Give them a target with fairlead config apply or in /admin/aliases.' });
    if (!state.plans.has(state.settings.defaultPlan)) checks.push({ name: 'plans', state: 'failed', detail: `the default plan "${state.settings.defaultPlan}" does not exist`, fix: 'Set settings.defaultPlan to a plan that exists.' });
    return checks;
  });
}
