import type { Ctx } from '@/lib/services/context';
import { listKeys } from '@/lib/services/keys/list-keys';
import { listModels } from '@/lib/services/models/list-models';
import type { ModelChoice } from './model-choice';

export interface WelcomeKey {
  id: string;
  name: string;
  last4: string;
}

/** The names an organization's plan lets it call for chat, aliases first. */
export async function listModelChoices({ ctx }: { ctx: Ctx }): Promise<ModelChoice[]> {
  const { aliases, models } = await listModels({ ctx });
  return [
    ...aliases.filter(({ availability }) => availability.allowed).map(({ id, description }): ModelChoice => ({ id, note: description, isAlias: true })),
    ...models
      .filter(({ kind, availability }) => kind === 'chat' && availability.allowed)
      .map(({ id, display_name }): ModelChoice => ({ id, note: display_name, isAlias: false })),
  ];
}

/** The key to listen for: the one asked for, else the newest that works. */
export async function findWelcomeKey({ ctx, keyId }: { ctx: Ctx; keyId?: string }): Promise<WelcomeKey | null> {
  const { data } = await listKeys({ ctx });
  const usable = data.filter(({ kind, status }) => kind === 'inference' && (status === 'active' || status === 'retiring'));
  const key = usable.find(({ id }) => id === keyId) ?? usable[0];
  return key ? { id: key.id, name: key.name, last4: key.last4 } : null;
}
