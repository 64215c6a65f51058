import { stringify } from 'yaml';
import { namedVariable } from '@/lib/env/named-variable';
import { FairleadError } from '@/lib/kernel/errors';
import { applyConfig } from '@/lib/services/config/apply-config';
import type { Change } from '@/lib/services/config/diff-state';
import { prepareConfig } from '@/lib/services/config/prepare-config';
import { type ConfigSurroundings, configSurroundings } from '@/lib/services/config/surroundings';
import type { OperatorCtx } from '@/lib/services/context';
import { asSystem } from '@/lib/store';
import { composeConfig } from './compose-config';
import type { PastedSecrets } from './compose-providers';
import type { ImportDraft } from './draft';
import { readLitellm } from './litellm/read-litellm';
import { readNewApi } from './new-api/read-new-api';
import type { NotTaken } from './source';

export const IMPORT_FORMATS = ['litellm', 'new-api', 'one-api'] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

export interface ImportedConfig {
  /** A fairlead.yaml without any secret: a key that stood in clear is `${stored}` in it. */
  yaml: string;
  /** Keys that stood in the file in clear, by `provider/credential`; never printed. */
  pasted: PastedSecrets;
  /** Variables of the environment that have to be set when it is applied. */
  variables: string[];
  notTaken: NotTaken[];
  /** Commands for what is no configuration. */
  commands: string[];
}

/** Reads another gateway's file. Throws `invalid_request` when it is none; no message quotes the file. */
export function readImport(format: ImportFormat, text: string, variable: (name: string) => string | undefined = namedVariable): ImportedConfig {
  const draft: ImportDraft = format === 'litellm' ? readLitellm(text, variable) : readNewApi(text, format);
  if (draft.deployments.length === 0) {
    throw new FairleadError(
      'invalid_request',
      `Nothing of this file can be used here.\n${draft.notTaken.map(({ path, why }) => `${path}: ${why}`).join('\n')}`,
    );
  }
  const { file, pasted } = composeConfig(draft);
  const variables = draft.deployments.flatMap(({ credentials }) => credentials.flatMap(({ secret }) => (secret.kind === 'variable' ? [secret.name] : [])));
  return {
    yaml: stringify(file, { lineWidth: 0, aliasDuplicateObjects: false }),
    pasted,
    variables: [...new Set(variables)].sort(),
    notTaken: draft.notTaken,
    commands: draft.commands,
  };
}

interface ImportCall {
  ctx: OperatorCtx;
  input: ImportedConfig;
  surroundings?: ConfigSurroundings;
}

/** What applying the import would change; variables may still be unset. */
export async function planImport({ input, surroundings = configSurroundings('local') }: ImportCall): Promise<Change[]> {
  return asSystem(async (tx) => (await prepareConfig(tx, { text: input.yaml, pasted: input.pasted }, { ...surroundings, secrets: null })).changes);
}

/** Applies the import in one transaction, keys of the file included; they are sealed at once. */
export async function applyImport({ ctx, input, surroundings }: ImportCall): Promise<Change[]> {
  return applyConfig({ ctx, input: { text: input.yaml, pasted: input.pasted }, surroundings });
}
