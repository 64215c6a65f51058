import { isObject, type JsonObject, type WireCall } from '@/lib/wire/call';

/**
 * Where a provider takes an opaque name of the person or customer behind a call, so that abuse is traced to one
 * tenant and not held against the whole account: OpenAI `safety_identifier` (Chat and Responses), Anthropic
 * `metadata.user_id`, GLM `user_id`, and `user` of OpenAI's older form. Source: the providers' API references, November 2026.
 */
export type SafetyField = 'safety_identifier' | 'metadata.user_id' | 'user_id' | 'user';

/** Bodies that carry a generated text; uploads and embeddings take no such name. */
const SURFACES: ReadonlySet<WireCall['surface']> = new Set(['chat', 'completions', 'responses', 'messages']);

/**
 * The call with the gateway's name for whoever is behind it. `nameOf` gets what the client itself wrote there, so that
 * its own users stay apart without their names leaving the gateway. The call is not changed; a surface that takes no
 * name comes back as it is.
 */
export function withSafetyIdentifier(call: WireCall, field: SafetyField, nameOf: (own: string | null) => string): WireCall {
  if (!SURFACES.has(call.surface) || call.upload) return call;
  return { ...call, body: named(call, field, nameOf) };
}

function named({ body, surface }: WireCall, field: SafetyField, nameOf: (own: string | null) => string): JsonObject {
  if (field !== 'metadata.user_id') return { ...body, [field]: nameOf(textOf(body[field]) ?? textOf(body.user)) };
  const metadata = isObject(body.metadata) ? body.metadata : {};
  if (surface === 'messages') return { ...body, metadata: { ...metadata, user_id: nameOf(textOf(metadata.user_id)) } };
  // A chat call becomes a Messages call afterwards: its `user` is what arrives as `metadata.user_id`.
  return { ...body, user: nameOf(textOf(body.user) ?? textOf(body.safety_identifier)) };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
