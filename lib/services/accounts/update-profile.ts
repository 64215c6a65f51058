import { z } from 'zod';
import { newId } from '@/lib/kernel/ids';
import { parseInput } from '@/lib/services/parse-input';
import { asSystem } from '@/lib/store';

export const UpdateProfileInput = z.object({ name: z.string().trim().max(80) });

/** Changes a person's name; an empty one takes it away. */
export async function updateProfile({ userId, input }: { userId: string; input: { name: string } }): Promise<{ name: string | null }> {
  const { name } = parseInput(UpdateProfileInput, input);
  return asSystem(async (tx) => {
    const before = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { name: true, email: true } });
    const after = await tx.user.update({ where: { id: userId }, data: { name: name || null }, select: { name: true } });
    await tx.auditEntry.create({
      data: {
        id: newId('aud'),
        actorType: 'user',
        actorId: userId,
        actorLabel: before.email,
        action: 'user.update',
        targetType: 'user',
        targetId: userId,
        before: { name: before.name },
        after: { name: after.name },
      },
    });
    return after;
  });
}
