import { describe, expect, it } from 'vitest';
import { readAttribution } from './attribution';
import type { Exchange } from './exchange';

const read = (headers: Record<string, string>, body: Record<string, unknown> = {}, keyTags: Record<string, string> = {}) => readAttribution({ headers } as unknown as Exchange, body, keyTags);

describe('who a call is for', () => {
  it('is told by our own headers before any other', () => {
    expect(read({ 'x-fairlead-user': 'ann', 'helicone-user-id': 'bob', 'x-fairlead-session': 's1', 'x-fairlead-tags': 'feature=search, team=growth,beta', 'user-agent': 'curl' }, { user: 'cid' }, { team: 'key' })).toEqual({
      user: 'ann', session: 's1', tags: { feature: 'search', team: 'growth', beta: '' }, client: 'curl',
    });
  });

  it.each<[string, Record<string, string>, Record<string, unknown>, object]>([
    ['body user and metadata', {}, { user: 'ann', metadata: { feature: 'search', n: 3, deep: {} } }, { user: 'ann', tags: { feature: 'search', n: '3' } }],
    ['safety_identifier', {}, { safety_identifier: 'h-1' }, { user: 'h-1' }],
    ['Helicone', { 'helicone-user-id': 'ann', 'helicone-session-id': 's1', 'helicone-property-feature': 'search' }, {}, { user: 'ann', session: 's1', tags: { feature: 'search' } }],
    ['Portkey', { 'x-portkey-metadata': '{"_user":"ann","env":"prod"}' }, {}, { user: 'ann', tags: { env: 'prod' } }],
    ['LiteLLM', { 'x-litellm-tags': 'a,b' }, {}, { tags: { a: '', b: '' } }],
    ['OpenRouter', { 'http-referer': 'https://app.example', 'x-title': 'App' }, {}, { tags: { referer: 'https://app.example', app: 'App' } }],
    ['Open WebUI', { 'x-openwebui-user-email': 'a@example.com', 'x-openwebui-chat-id': 'c1' }, {}, { user: 'a@example.com', session: 'c1' }],
    ['Claude Code’s header', { 'x-claude-code-session-id': 's9' }, {}, { session: 's9' }],
    ['Claude Code’s metadata', {}, { metadata: { user_id: 'user_ab_account__session_12-34' } }, { user: 'user_ab_account_', session: '12-34', tags: null }],
    ['Claude Code’s newer metadata', {}, { metadata: { user_id: '{"device_id":"d","account_uuid":"a","session_id":"s"}' } }, { user: 'a', session: 's' }],
    ['Codex', { session_id: 's2' }, {}, { session: 's2' }],
  ])('is read from what %s sends', (_name, headers, body, expected) => {
    expect(read(headers, body)).toMatchObject(expected);
  });

  it('is bounded and never an error', () => {
    const { tags, user } = read({ 'x-portkey-metadata': '{broken', 'x-fairlead-tags': Array.from({ length: 100 }, (_, i) => `t${i}=${'v'.repeat(500)}`).join(',') }, { user: 'u\u0000'.repeat(500), metadata: 'x' });
    expect(Object.keys(tags ?? {})).toHaveLength(20);
    expect(Object.values(tags ?? {})[0]).toHaveLength(200);
    expect(user).toHaveLength(200);
    expect(user).not.toContain('\u0000');
  });
});
