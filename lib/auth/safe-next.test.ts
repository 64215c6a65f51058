import { describe, expect, it } from 'vitest';
import { safeNext } from './safe-next';

describe('the way back after signing in', () => {
  it('keeps a path of this site with its query', () => {
    expect(safeNext('/acme/logs?status=503#x', '/')).toBe('/acme/logs?status=503#x');
  });

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '/\tx', '', null, undefined, ['/a'], '/a\\b'])(
    'never leaves this site for %j',
    (next) => {
      expect(safeNext(next, '/home')).toBe('/home');
    },
  );

  it('does not lead back to the sign-in page itself', () => {
    expect(safeNext('/sign-in?next=/x', '/home')).toBe('/home');
    expect(safeNext('/sign-up', '/home')).toBe('/home');
    expect(safeNext('/sign-inn', '/home')).toBe('/sign-inn');
  });
});
