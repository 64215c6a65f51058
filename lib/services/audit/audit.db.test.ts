import { beforeAll, describe, expect, it } from 'vitest';
import { type Ctx, recordAudit } from '@/lib/services/context';
import { withOrg } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { createTenant } from '@/lib/testing/tenants';
import { AuditQuery, exportAuditEntries, listAuditEntries } from './list-audit-entries';

const db = await createTestDatabase();
let ctx: Ctx;
let stranger: Ctx;

beforeAll(async () => {
  const [mine, theirs] = [await createTenant(), await createTenant()];
  ctx = { actor: { type: 'user', id: 'usr_a', label: 'ada@example.com' }, orgId: mine.orgId, role: 'owner' };
  stranger = { actor: { type: 'user', id: 'usr_b', label: 'bo@example.com' }, orgId: theirs.orgId, role: 'owner' };
  await withOrg(mine.orgId, async (tx) => {
    for (let i = 0; i < 60; i++) await recordAudit(tx, ctx, { action: 'key.create', targetType: 'key', targetId: `key_${i}`, after: { name: '=HYPERLINK("http://evil")' } });
    await recordAudit(tx, { ...ctx, actor: { type: 'cli', label: 'operator@shell' } }, { action: 'key.revoke', targetType: 'key', targetId: 'key_1', before: { name: 'x' } });
  });
  await withOrg(theirs.orgId, (tx) => recordAudit(tx, stranger, { action: 'org.update', targetType: 'organization' }));
});

const list = (input: Record<string, unknown> = {}, as = ctx) => listAuditEntries({ ctx: as, input: AuditQuery.parse(input) });

describe('the audit log', () => {
  it('goes back page by page and leaves nothing out', async () => {
    const first = await list();
    const second = await list({ cursor: first.nextCursor });
    expect(first.entries).toHaveLength(50);
    expect(second.nextCursor).toBeNull();
    expect(new Set([...first.entries, ...second.entries].map(({ id }) => id)).size).toBe(61);
  });

  it('is filtered by who did what', async () => {
    expect((await list({ action: 'key.revoke' })).entries).toMatchObject([{ actor: { type: 'cli', label: 'operator@shell' }, before: { name: 'x' } }]);
    expect((await list({ actor: 'SHELL', action: 'key' })).entries).toHaveLength(1);
    expect((await list({ actor: 'nobody' })).entries).toEqual([]);
  });

  it('shows an organization its own entries only (I02), to owners and admins only', async () => {
    expect((await list({}, stranger)).entries.map(({ action }) => action)).toEqual(['org.update']);
    expect((await list({}, stranger)).actions).toEqual(['org.update']);
    await expect(list({}, { ...ctx, role: 'developer' })).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('cannot be changed by the role the console acts as (S18)', async () => {
    for (const statement of ["UPDATE audit_entry SET action = 'x'", 'DELETE FROM audit_entry']) {
      await expect(withOrg(ctx.orgId, (tx) => tx.$executeRawUnsafe(statement))).rejects.toThrow(/permission denied|append-only/);
    }
    expect(await db.query('SELECT count(*)::int AS n FROM audit_entry WHERE org_id = $1', [ctx.orgId])).toEqual([{ n: 61 }]);
  });

  it('leaves as CSV that no spreadsheet runs (S14)', async () => {
    let text = '';
    for await (const line of exportAuditEntries({ ctx, input: AuditQuery.parse({}) })) text += line;
    expect(text.trim().split('\r\n')).toHaveLength(62);
    expect(text).not.toMatch(/(^|,)"?[=+@]/m);
  });
});
