'use server';

import { z } from 'zod';
import { operatorAction } from '@/lib/http/action';
import { dismissChecklist } from '@/lib/services/setup/checklist';

const dismiss = operatorAction(z.object({}), dismissChecklist);

export async function dismissChecklistAction() {
  return dismiss({});
}
