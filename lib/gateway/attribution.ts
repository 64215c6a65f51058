import { type Exchange, headerOf } from './exchange';

const MAX_TAGS = 20;
const MAX_LENGTH = 200;

/** Who the call is for: the end user, the session and the tags, from the body and our headers. Bounded, never an error. */
export function readAttribution(exchange: Exchange, body: Readonly<Record<string, unknown>>, keyTags: Record<string, string>) {
  const tags = { ...keyTags, ...parseTags(headerOf(exchange, 'x-fairlead-tags')) };
  return {
    user: bounded(headerOf(exchange, 'x-fairlead-user') ?? (typeof body.user === 'string' ? body.user : null)),
    session: bounded(headerOf(exchange, 'x-fairlead-session')),
    tags: Object.keys(tags).length > 0 ? tags : null,
    client: bounded(headerOf(exchange, 'user-agent')),
  };
}

function parseTags(header: string | null): Record<string, string> {
  const tags: Record<string, string> = {};
  if (!header) return tags;
  for (const pair of header.split(',').slice(0, MAX_TAGS)) {
    const at = pair.indexOf('=');
    const name = (at === -1 ? pair : pair.slice(0, at)).trim().slice(0, MAX_LENGTH);
    if (name) tags[name] = at === -1 ? '' : pair.slice(at + 1).trim().slice(0, MAX_LENGTH);
  }
  return tags;
}

function bounded(text: string | null): string | null {
  // Postgres refuses U+0000 in text, and a client must not be able to make its own row unwritable.
  return text ? text.replaceAll('\u0000', '').slice(0, MAX_LENGTH) : null;
}
