import { z } from 'zod';
import { env } from '@/lib/env';
import { prisma } from '@/lib/store';

/** Who mails come from, as the operator's branding says; where it says nothing, MAIL_FROM and our own name. */
export interface Sender {
  /** What the product is called in a mail. */
  product: string;
  /** The header: a name and an address, or MAIL_FROM as it was written. */
  from: string | { name: string; address: string };
  /** Of the button and the name, on white. */
  color: string;
}

const OUR_COLOR = '#0f5c63';
const Stored = z.object({ name: z.string(), senderName: z.string(), senderAddress: z.string(), primaryLight: z.string() }).partial();

/** One look-up of the row `branding`, so that a change holds for the next mail. */
export async function readSender(): Promise<Sender> {
  // A mail is worth more than its look: what cannot be read is ours.
  const row = await prisma()
    .setting.findUnique({ where: { key: 'branding' } })
    .catch(() => null);
  const { name, senderName, senderAddress, primaryLight } = Stored.safeParse(row?.value).data ?? {};
  const product = name || 'Fairlead';
  return { product, color: primaryLight || OUR_COLOR, from: senderFrom(senderName || name || '', senderAddress || '') };
}

function senderFrom(name: string, address: string): Sender['from'] {
  const { mailFrom } = env();
  if (name === '' && address === '') return mailFrom;
  return { name: name || 'Fairlead', address: address || (/<([^>]+)>/.exec(mailFrom)?.[1] ?? mailFrom) };
}
