import { z } from 'zod';
import { env } from '@/lib/env';
import { FairleadError } from '@/lib/kernel/errors';
import { seal } from '@/lib/seal';
import { lastFour } from '@/lib/services/config/prepare-config';
import { type OperatorCtx, recordAudit } from '@/lib/services/context';
import { asSystem, bumpVersion, type Tx } from '@/lib/store';
import { insertCredential } from './insert-credential';

const secret = z.string().trim().min(1, 'paste the key').max(10_000);

export const AddCredentialInput = z.object({ provider: z.string(), name: z.string().trim().min(1).max(80), secret, weight: z.int().min(0).max(1_000).default(1) });

/** Adds a key to a provider's pool; calls are spread over the pool by weight. */
export async function addCredential({ ctx, input }: { ctx: OperatorCtx; input: z.output<typeof AddCredentialInput> }): Promise<void> {
  await asSystem(async (tx) => {
    const provider = await tx.provider.findUnique({ where: { id: input.provider }, include: { credentials: { select: { name: true } } } });
    if (!provider || provider.adapter === 'demo') throw new FairleadError('not_found');
    if (provider.credentials.some(({ name }) => name === input.name)) throw new FairleadError('invalid_request', `There is a credential "${input.name}" already.`, { param: 'name' });
    await insertCredential(tx, { providerId: provider.id, name: input.name, secret: input.secret, weight: input.weight });
    await finish(tx, ctx, 'credential.create', provider.id, { name: input.name, last4: lastFour(input.secret), weight: input.weight });
  });
}

export const UpdateCredentialInput = z.object({ id: z.string(), weight: z.int().min(0).max(1_000).optional(), enabled: z.boolean().optional() });

export async function updateCredential({ ctx, input }: { ctx: OperatorCtx; input: z.output<typeof UpdateCredentialInput> }): Promise<void> {
  const { id, ...data } = input;
  await asSystem(async (tx) => {
    const now = await getCredential(tx, id);
    if (data.enabled && now.sealed === null) throw new FairleadError('invalid_request', 'It has no secret yet, so there is nothing to switch on.', { param: 'enabled' });
    await tx.credential.update({ where: { id }, data });
    await finish(tx, ctx, 'credential.update', now.providerId, { name: now.name, ...data }, { name: now.name, weight: now.weight, enabled: now.enabled });
  });
}

export const RotateCredentialInput = z.object({ id: z.string(), secret, overlapHours: z.int().min(0).max(168) });

/** Puts a new secret in a credential's place. The old one works beside it for the overlap, under its own name, and then stops. */
export async function rotateCredential({ ctx, input }: { ctx: OperatorCtx; input: z.output<typeof RotateCredentialInput> }): Promise<void> {
  await asSystem(async (tx) => {
    const old = await getCredential(tx, input.id);
    const retiresAt = new Date(Date.now() + input.overlapHours * 3_600_000);
    const isKept = input.overlapHours > 0 && old.sealed !== null && old.enabled;
    if (isKept) {
      // The row that others point at by name takes the new secret; the old secret moves to a row of its own.
      await tx.credential.create({
        data: { id: `${old.id}_${retiresAt.getTime().toString(36)}`, providerId: old.providerId, name: `${old.name.slice(0, 60)} (until ${retiresAt.toISOString().slice(0, 16)}Z)`, sealed: old.sealed, last4: old.last4, weight: old.weight, enabled: true, retiresAt },
      });
    }
    await tx.credential.update({
      where: { id: old.id },
      data: { sealed: seal(env().sealPublicKey, input.secret), last4: lastFour(input.secret), enabled: true, source: null, lastTest: undefined, testedAt: null },
    });
    await finish(tx, ctx, 'credential.rotate', old.providerId, { name: old.name, last4: lastFour(input.secret), old_until: isKept ? retiresAt.toISOString() : null }, { name: old.name, last4: old.last4 });
  });
}

export const RemoveCredentialInput = z.object({ id: z.string() });

export async function removeCredential({ ctx, input }: { ctx: OperatorCtx; input: z.output<typeof RemoveCredentialInput> }): Promise<void> {
  await asSystem(async (tx) => {
    const now = await getCredential(tx, input.id);
    await tx.credential.delete({ where: { id: now.id } });
    await finish(tx, ctx, 'credential.delete', now.providerId, undefined, { name: now.name, last4: now.last4 });
  });
}

/** What the gateway said when it tried a stored secret. Kept so that the next reader need not try again. */
export async function recordCredentialTest(id: string, result: object): Promise<void> {
  await asSystem((tx) => tx.credential.updateMany({ where: { id }, data: { lastTest: result, testedAt: new Date() } }));
}

async function getCredential(tx: Tx, id: string) {
  const row = await tx.credential.findUnique({ where: { id } });
  if (!row) throw new FairleadError('not_found');
  return row;
}

async function finish(tx: Tx, ctx: OperatorCtx, action: string, providerId: string, after?: object, before?: object): Promise<void> {
  await recordAudit(tx, ctx, { action, targetType: 'provider', targetId: providerId, before, after });
  await bumpVersion(tx, 'policy');
}
