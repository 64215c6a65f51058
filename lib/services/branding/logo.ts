import { createHash } from 'node:crypto';
import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import { type OperatorCtx, recordAudit } from '@/lib/services/context';
import { asSystem, prisma } from '@/lib/store';

const SETTING = 'branding.logo';
const MAX_BYTES = 128 * 1024;

export const SaveLogoInput = z.object({
  /** The picture in base64; empty: ours again. */
  data: z
    .string()
    .max(Math.ceil((MAX_BYTES * 4) / 3) + 4, 'must be at most 128 KiB')
    .regex(/^[A-Za-z0-9+/]*={0,2}$/, 'must be base64'),
});

const Stored = z.object({ type: z.enum(['image/png', 'image/jpeg', 'image/webp']), hash: z.string(), data: z.string() });

export interface Logo {
  type: z.output<typeof Stored>['type'];
  hash: string;
  bytes: Buffer<ArrayBuffer>;
}

/**
 * Puts the operator's logo in the place of our mark. What it is, is read from its first bytes, whatever its name says;
 * SVG is refused, because an SVG that is opened by itself can run scripts on this site.
 */
export async function saveLogo({ ctx, input }: { ctx: OperatorCtx; input: z.output<typeof SaveLogoInput> }): Promise<void> {
  const logo = readPicture(input.data);
  if (logo && 'problem' in logo) throw new FairleadError('invalid_request', logo.problem, { param: 'data' });
  await asSystem(async (tx) => {
    const before = await tx.setting.findUnique({ where: { key: SETTING } });
    if (logo === null) await tx.setting.deleteMany({ where: { key: SETTING } });
    else await tx.setting.upsert({ where: { key: SETTING }, create: { key: SETTING, value: logo }, update: { value: logo, updatedAt: new Date() } });
    await recordAudit(tx, ctx, {
      action: 'settings.logo',
      targetType: 'settings',
      targetId: SETTING,
      before: before ? { hash: Stored.safeParse(before.value).data?.hash ?? null } : undefined,
      after: logo === null ? undefined : { type: logo.type, hash: logo.hash, bytes: Buffer.from(logo.data, 'base64').length },
    });
  });
}

/** The operator's logo, or null where our own mark stands. */
export async function findLogo(): Promise<Logo | null> {
  const row = await prisma().setting.findUnique({ where: { key: SETTING } });
  const stored = Stored.safeParse(row?.value);
  return stored.success ? { type: stored.data.type, hash: stored.data.hash, bytes: Buffer.from(stored.data.data, 'base64') } : null;
}

/** A picture as its row keeps it, null for none, or why it cannot be one. */
export function readPicture(data: string): z.output<typeof Stored> | { problem: string } | null {
  const bytes = Buffer.from(data, 'base64');
  if (bytes.length === 0) return null;
  if (bytes.length > MAX_BYTES) return { problem: 'A logo has at most 128 KiB.' };
  const type = pictureType(bytes);
  return type ? { type, hash: createHash('sha256').update(bytes).digest('hex').slice(0, 16), data } : { problem: 'A logo is a PNG, JPEG or WebP picture.' };
}

function pictureType(bytes: Buffer): Logo['type'] | null {
  if (bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return 'image/png';
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'image/jpeg';
  if (bytes.subarray(0, 4).toString('latin1') === 'RIFF' && bytes.subarray(8, 12).toString('latin1') === 'WEBP') return 'image/webp';
  return null;
}
