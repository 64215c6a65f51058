import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import type { OperatorCtx } from '@/lib/services/context';
import { applyEntries } from '@/lib/services/operator/apply-entries';
import { asSystem } from '@/lib/store';

const milliseconds = z.int().min(1).max(86_400_000).optional();

export const UpdateProviderInput = z.object({
  id: z.string(),
  label: z.string().trim().max(80).optional(),
  baseUrl: z.string().trim().max(500).nullable().optional(),
  timeouts: z.object({ connectMs: milliseconds, firstTokenMs: milliseconds, idleMs: milliseconds, totalMs: milliseconds }).optional(),
  onClientDisconnect: z.enum(['cancel', 'drain']).optional(),
  /** False: maintenance. Its models are passed over until it is back. */
  enabled: z.boolean().optional(),
  dataRegion: z.string().trim().max(20).nullable().optional(),
});

export async function updateProvider({ ctx, input }: { ctx: OperatorCtx; input: z.output<typeof UpdateProviderInput> }): Promise<void> {
  const { id, label, baseUrl, dataRegion, ...rest } = input;
  const now = await asSystem((tx) => tx.provider.findUnique({ where: { id } }));
  if (!now) throw new FairleadError('not_found');
  await applyEntries(
    ctx,
    {
      providers: [
        {
          id,
          adapter: now.adapter,
          ...(label === undefined ? {} : { label: label || null }),
          ...(baseUrl === undefined ? {} : { baseUrl: baseUrl || null }),
          ...rest,
        },
      ],
    },
    { action: 'provider.update', targetType: 'provider', targetId: id },
    dataRegion === undefined ? undefined : (tx) => tx.provider.update({ where: { id }, data: { dataRegion: dataRegion || null } }).then(() => undefined),
  );
}
