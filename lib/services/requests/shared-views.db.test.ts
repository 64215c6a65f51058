import { expect, it } from 'vitest';
import type { Ctx, Role } from '@/lib/services/context';
import { createTestDatabase } from '@/lib/testing/database';
import { createTenant, type TestTenant } from '@/lib/testing/tenants';
import { listSharedViews, removeSharedView, shareView } from './shared-views';

const { query } = await createTestDatabase();
const as = ({ orgId }: TestTenant, role: Role): Ctx => ({ actor: { type: 'user', id: 'usr_test', label: 'test@example.com' }, orgId, role });

it('a shared view is there for everybody in the organization, and for nobody else (I01)', async () => {
  const tenant = await createTenant();
  const { id } = await shareView({ ctx: as(tenant, 'developer'), input: { name: ' failures ', search: 'status=503' } });
  expect(await shareView({ ctx: as(tenant, 'owner'), input: { name: 'failures', search: 'status=5xx' } })).toMatchObject({ id, search: 'status=5xx' });
  expect(await listSharedViews({ ctx: as(tenant, 'viewer') })).toEqual([{ id, name: 'failures', search: 'status=5xx' }]);
  await expect(shareView({ ctx: as(tenant, 'viewer'), input: { name: 'mine', search: '' } })).rejects.toMatchObject({ code: 'forbidden' });
  const stranger = as(await createTenant(), 'owner');
  expect(await listSharedViews({ ctx: stranger })).toEqual([]);
  await expect(removeSharedView({ ctx: stranger, input: { id } })).rejects.toMatchObject({ code: 'not_found' });
  await removeSharedView({ ctx: as(tenant, 'admin'), input: { id } });
  expect(await listSharedViews({ ctx: as(tenant, 'viewer') })).toEqual([]);
  expect((await query('SELECT action FROM audit_entry WHERE target_id = $1 ORDER BY created_at', [id])).map(({ action }) => action)).toEqual([
    'view.share',
    'view.update',
    'view.remove',
  ]);
});
