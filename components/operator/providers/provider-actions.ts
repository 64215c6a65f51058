import type { ActionResult } from '@/lib/http/action';
import type { AddProviderInput } from '@/lib/services/operator/providers/add-provider';
import type { ModelDiff } from '@/lib/services/operator/providers/compare-models';
import type { TestConnectionInput, TestedConnection } from '@/lib/services/operator/providers/test-connection';
import type { UpdateProviderInput } from '@/lib/services/operator/providers/update-provider';
import type { z } from 'zod';

export type TestConnection = (input: z.input<typeof TestConnectionInput>) => Promise<ActionResult<TestedConnection>>;
export type AddProvider = (input: z.input<typeof AddProviderInput>) => Promise<ActionResult<{ id: string; models: string[] }>>;
export type TestStored = (input: { provider: string; credential: string | null }) => Promise<ActionResult<{ test: TestedConnection; diff: ModelDiff | null }>>;

/** The writes of a provider's page. */
export interface ProviderActions {
  update: (input: z.input<typeof UpdateProviderInput>) => Promise<ActionResult<void>>;
  addCredential: (input: { provider: string; name: string; secret: string; weight?: number }) => Promise<ActionResult<void>>;
  updateCredential: (input: { id: string; weight?: number; enabled?: boolean }) => Promise<ActionResult<void>>;
  rotateCredential: (input: { id: string; secret: string; overlapHours: number }) => Promise<ActionResult<void>>;
  removeCredential: (input: { id: string }) => Promise<ActionResult<void>>;
  test: TestStored;
  importModels: (input: { provider: string; models: string[] }) => Promise<ActionResult<{ models: string[] }>>;
}
