import type { z } from 'zod';
import type { ActionResult } from '@/lib/http/action';
import type { SaveModelInput } from '@/lib/services/operator/models/save-model';
import type { SetPriceInput } from '@/lib/services/operator/models/set-price';

export interface ModelActions {
  save: (input: z.input<typeof SaveModelInput>) => Promise<ActionResult<{ id: string }>>;
  remove: (input: { id: string }) => Promise<ActionResult<void>>;
  setPrice: (input: z.input<typeof SetPriceInput>) => Promise<ActionResult<void>>;
}

export interface ProviderChoice {
  id: string;
  label: string;
}
