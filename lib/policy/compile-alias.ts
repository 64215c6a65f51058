import type { CompiledAlias, CompiledModel, Conditions, Timeouts } from './types';

interface StoredTarget {
  model: string;
  retries?: number;
  onTimeout?: 'next' | 'retry';
  weight?: number;
  timeouts?: Partial<Timeouts>;
  conditions?: Conditions;
}

/** Retries of a target that names none. */
const DEFAULT_RETRIES = 1;

/**
 * An alias as a row of its table (or a draft in the same shape), over the models that exist. A target whose model is gone
 * or switched off is left out.
 */
export function compileAlias(row: Readonly<Record<string, unknown>>, models: ReadonlyMap<string, CompiledModel>): CompiledAlias {
  const targets = ((row.targets ?? []) as StoredTarget[]).flatMap((target) => {
    const model = models.get(target.model);
    if (!model) return [];
    const { retries = DEFAULT_RETRIES, onTimeout = 'next', weight = 1, timeouts = {}, conditions } = target;
    return [{ model, retries, onTimeout, weight, timeouts, conditions: conditions && Object.keys(conditions).length > 0 ? conditions : null }];
  });
  return {
    name: String(row.name),
    description: (row.description as string | null) ?? null,
    strategy: (row.strategy as CompiledAlias['strategy'] | undefined) ?? 'priority',
    targets,
    sticky: (row.sticky as CompiledAlias['sticky'] | undefined) ?? 'none',
    onContextOverflow: (row.on_context_overflow as CompiledAlias['onContextOverflow'] | undefined) ?? 'next',
    streamRecovery: (row.stream_recovery as CompiledAlias['streamRecovery'] | undefined) ?? 'none',
    canary: (row.canary as CompiledAlias['canary'] | undefined) ?? null,
    totalMs: (row.total_ms as number | null | undefined) ?? null,
    version: Number(row.version ?? 0),
    createdAtS: Number(row.created_s ?? 0),
  };
}
