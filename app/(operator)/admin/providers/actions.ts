'use server';

import { z } from 'zod';
import { operatorAction } from '@/lib/http/action';
import { internalGet } from '@/lib/runtime/internal-socket';
import { AddProviderInput, addProvider } from '@/lib/services/operator/providers/add-provider';
import {
  AddCredentialInput,
  addCredential,
  RemoveCredentialInput,
  RotateCredentialInput,
  recordCredentialTest,
  removeCredential,
  rotateCredential,
  UpdateCredentialInput,
  updateCredential,
} from '@/lib/services/operator/providers/change-credentials';
import { compareModels } from '@/lib/services/operator/providers/compare-models';
import { ImportModelsInput, importModels } from '@/lib/services/operator/providers/import-models';
import { getProvider } from '@/lib/services/operator/providers/list-providers';
import { describeTest, TestConnectionInput, testConnection } from '@/lib/services/operator/providers/test-connection';
import { UpdateProviderInput, updateProvider } from '@/lib/services/operator/providers/update-provider';

/** A provider has ten seconds to answer; its test may take a little longer. */
const TEST_PATIENCE_MS = 15_000;

export const testConnectionAction = operatorAction(TestConnectionInput, testConnection);
export const addProviderAction = operatorAction(AddProviderInput, addProvider);
export const updateProviderAction = operatorAction(UpdateProviderInput, updateProvider);
export const addCredentialAction = operatorAction(AddCredentialInput, addCredential);
export const updateCredentialAction = operatorAction(UpdateCredentialInput, updateCredential);
export const rotateCredentialAction = operatorAction(RotateCredentialInput, rotateCredential);
export const removeCredentialAction = operatorAction(RemoveCredentialInput, removeCredential);
export const importModelsAction = operatorAction(ImportModelsInput, importModels);

/** The gateway tries the stored secret, because only it can read it; what it found stays with the credential. */
export const testStoredAction = operatorAction(z.object({ provider: z.string(), credential: z.string().nullable() }), async ({ ctx, input }) => {
  const provider = await getProvider({ ctx, input: { id: input.provider } });
  const credential = input.credential ?? provider.credentials.find(({ state }) => state === 'active')?.id ?? null;
  const query = new URLSearchParams({ provider: provider.id, ...(credential === null ? {} : { credential }) });
  const test = describeTest(provider.adapter, await internalGet(`/test-credential?${query}`, 0, TEST_PATIENCE_MS));
  if (credential !== null) await recordCredentialTest(credential, { ok: test.ok, latencyMs: test.latencyMs, ...(test.ok ? {} : { message: test.message }) });
  const diff = test.ok && test.models ? await compareModels({ ctx, input: { provider: provider.id, found: test.models } }) : null;
  return { test, diff };
});
