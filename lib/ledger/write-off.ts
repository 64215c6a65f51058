import type { GatewayPool } from '@/lib/store';
import { arrayText, type RowEncoders } from './row-text';
import { chargesText, type Settlement } from './settlement';
import type { RequestRow } from './types';

/**
 * Books calls whose leases were swept: without a charge, so that nobody pays for them but the operator. What of them was
 * settled before stays as it is.
 */
export async function storeWriteOff(pool: GatewayPool, encode: RowEncoders, settlements: readonly Settlement[], opened: readonly RequestRow[]): Promise<void> {
  if (opened.length > 0) await pool.query('INSERT INTO logs.request SELECT * FROM unnest($1::logs.request[]) ON CONFLICT DO NOTHING', [arrayText(opened.map(encode.request))]);
  const legs = ({ legs }: Settlement) => (legs.length === 0 ? [] : [{ fund: 'postpaid' as const, account: 'operator/write_off', amount: legs.reduce((sum, { amount }) => sum + amount, 0n) }]);
  await pool.query('SELECT ledger.write_off($1::ledger.charge[], $2::logs.request[], $3::logs.attempt[])', [
    chargesText(settlements.map((one) => ({ ...one, legs: legs(one) }))),
    arrayText(settlements.map(({ row }) => encode.request({ ...row, cost_nano: '0', fund: undefined }))),
    arrayText(settlements.flatMap(({ attempts }) => attempts.map(encode.attempt))),
  ]);
}
