import { prisma } from '@/lib/store';

/** Keeps a person's explicit choice of language, for browsers that have no cookie yet and for mails. */
export async function saveLocale({ userId, locale }: { userId: string; locale: string }): Promise<void> {
  await prisma().user.update({ where: { id: userId }, data: { locale } });
}
