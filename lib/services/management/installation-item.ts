import { FairleadError, isFairleadError } from '@/lib/kernel/errors';
import { applyConfig } from '@/lib/services/config/apply-config';
import type { ConfigIssue } from '@/lib/services/config/issues';
import type { ConfigState } from '@/lib/services/config/items';
import { readState } from '@/lib/services/config/read-state';
import { wholeSecretReference } from '@/lib/services/config/resolve-secrets';
import { configSurroundings } from '@/lib/services/config/surroundings';
import type { OperatorCtx } from '@/lib/services/context';
import { asSystem } from '@/lib/store';
import { ITEM_KINDS, type ItemKind, toConfigKeys } from './item-schema';
import { snakeCase, toSnakeCase } from './snake-case';

interface ItemCall<Input> {
  ctx: OperatorCtx;
  input: Input;
}

export type ItemJson = { id: string } & Record<string, unknown>;

/** One provider, model, alias or plan of the installation, as fairlead.yaml names its parts; never a secret. */
export async function getItem({ input }: ItemCall<{ kind: ItemKind; id: string }>): Promise<ItemJson> {
  const item = await asSystem(async (tx) => find((await readState(tx)).state, input.kind, input.id));
  if (!item) throw new FairleadError('not_found');
  return toItemJson(input.id, item);
}

/** Adds an item. It is checked as a file with this one item would be, and is in force within a second. */
export async function createItem({ ctx, input: { kind, body } }: ItemCall<{ kind: ItemKind; body: Record<string, unknown> }>): Promise<ItemJson> {
  const { key } = ITEM_KINDS[kind];
  const id = String(body[key]);
  const existing = await asSystem(async (tx) => find((await readState(tx)).state, kind, id));
  if (existing) throw new FairleadError('conflict', `There is ${article(kind)} "${id}" already.`, { param: key });
  return writeItem(ctx, kind, id, body, 'create');
}

/** Changes an item: what the body does not name stays, lists it names are replaced whole. */
export async function updateItem({ ctx, input: { kind, id, body } }: ItemCall<{ kind: ItemKind; id: string; body: Record<string, unknown> }>): Promise<ItemJson> {
  const { key, kept } = ITEM_KINDS[kind];
  const existing = (await getItem({ ctx, input: { kind, id } })) as Record<string, unknown>;
  return writeItem(ctx, kind, id, { ...(kept ? { [kept]: existing[kept] } : {}), ...body, [key]: id }, 'update');
}

/** Removes an item; 409 while something still needs it. The demo provider and its models stay. */
export async function deleteItem({ ctx, input: { kind, id } }: ItemCall<{ kind: ItemKind; id: string }>): Promise<{ id: string; deleted: true }> {
  await getItem({ ctx, input: { kind, id } });
  const { type } = ITEM_KINDS[kind];
  if ((kind === 'providers' && id === 'demo') || (kind === 'models' && id.startsWith('demo/'))) throw new FairleadError('conflict', 'The demo provider is part of the product; switch it off with enabled: false.');
  try {
    await applyConfig({
      ctx,
      input: { text: 'apiVersion: fairlead/v1', remove: [{ type, id }] },
      surroundings: configSurroundings('remote'),
      audit: { action: `${type}.delete`, targetType: type, targetId: id },
    });
  } catch (error) {
    const issues = issuesOf(error);
    if (issues.length === 0) throw error;
    throw new FairleadError('conflict', issues.map(({ path, message }) => `${path} ${message}`).join('; '));
  }
  return { id, deleted: true };
}

async function writeItem(ctx: OperatorCtx, kind: ItemKind, id: string, body: Record<string, unknown>, verb: 'create' | 'update'): Promise<ItemJson> {
  const { type, schema } = ITEM_KINDS[kind];
  const entry = toConfigKeys(schema, body) as Record<string, unknown>;
  const pasted = takePastedSecrets(id, entry);
  try {
    await applyConfig({
      ctx,
      input: { text: JSON.stringify({ apiVersion: 'fairlead/v1', [kind]: [entry] }), pasted },
      surroundings: configSurroundings('remote'),
      audit: { action: `${type}.${verb}`, targetType: type, targetId: id },
    });
  } catch (error) {
    throw asBodyError(error, `${kind}[0].`);
  }
  return getItem({ ctx, input: { kind, id } });
}

/** Replaces secrets in clear by `${stored}`, in place, and answers them apart: nothing that is kept as text holds one. */
function takePastedSecrets(providerId: string, entry: Record<string, unknown>): Map<string, string> {
  const pasted = new Map<string, string>();
  for (const credential of (entry.credentials ?? []) as { name?: string; secret?: string }[]) {
    const { name = '', secret } = credential;
    if (secret !== undefined && wholeSecretReference(secret) === null) pasted.set(`${providerId}/${name}`, secret.trim());
    if (secret === undefined || pasted.has(`${providerId}/${name}`)) credential.secret = '${stored}';
  }
  return pasted;
}

/** What a file with this one part got wrong, in the words of the body: `prices.input` instead of `models[0].prices.input`. */
export function asBodyError(error: unknown, prefix: string): unknown {
  const issues = issuesOf(error);
  const [first] = issues;
  if (!first) return error;
  const own = ({ path, message }: ConfigIssue): { path: string; message: string } => ({ path: path.replace(prefix, '').split('.').map(snakeCase).join('.'), message });
  const { path, message } = own(first);
  return new FairleadError('invalid_request', `${path}: ${message}`, { param: path, more: { issues: issues.map(own) } });
}

function issuesOf(error: unknown): ConfigIssue[] {
  return isFairleadError(error) ? ((error.extras.more?.issues ?? []) as ConfigIssue[]) : [];
}

function find(state: ConfigState, kind: ItemKind, id: string): object | undefined {
  return (state[kind] as ReadonlyMap<string, object>).get(id);
}

function toItemJson(id: string, item: object): ItemJson {
  return { ...(toSnakeCase(item) as object), id };
}

function article(kind: ItemKind): string {
  const { type } = ITEM_KINDS[kind];
  return type === 'alias' ? 'an alias' : `a ${type}`;
}
