'use server';

import { revalidatePath } from 'next/cache';
import { authorizeUser } from '@/lib/auth/require';
import { type ActionResult, runAction } from '@/lib/http/action';
import { acceptTexts } from '@/lib/services/accounts/legal-acceptance';

export async function acceptTextsAction(input: { version: string }): Promise<ActionResult<null>> {
  const result = await runAction(async () => {
    await acceptTexts({ userId: (await authorizeUser()).id, input });
    return null;
  });
  // The page behind the question, or the question about texts that changed meanwhile.
  revalidatePath('/', 'layout');
  return result;
}
