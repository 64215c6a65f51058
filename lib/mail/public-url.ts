import { z } from 'zod';
import { env } from '@/lib/env';
import { prisma } from '@/lib/store';

const Stored = z.object({ publicUrl: z.string() });

/**
 * Where people reach this installation, without a slash at the end: what the operator set as its own address, else
 * APP_URL. Mails and snippets name it.
 */
export async function readPublicUrl(): Promise<string> {
  return (await findPublicUrl()) ?? env().appUrl;
}

/** The address of the operator's settings; null: none was set, or it cannot be read right now. */
export async function findPublicUrl(): Promise<string | null> {
  const row = await prisma()
    .setting.findUnique({ where: { key: 'branding' } })
    .catch(() => null);
  return Stored.safeParse(row?.value).data?.publicUrl || null;
}
