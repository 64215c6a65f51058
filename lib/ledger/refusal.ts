import { fundAccount } from './accounts';
import type { SliceBook } from './slice-book';
import type { HoldRequest } from './types';

/** What the database said of one account that was asked for. */
export interface Answer {
  id: string;
  granted: string;
  limit: string;
  spent: string;
  elsewhere: boolean;
}

export interface Refusal {
  reason: 'empty' | 'held';
  account: string | null;
  /** The database had less than was asked for: what there is left is held. */
  scarce: boolean;
  final: boolean;
}

/**
 * Why a request that does not fit is refused: for good where a limit is spent up, naming the scope with the least left;
 * else because running calls hold what is left. Not final while other processes may still give back, or when all that was
 * asked for came and went to others.
 */
export function refusalOf(request: HoldRequest, least: bigint, book: SliceBook, answers: Map<string, Answer>, needs: Map<string, bigint>): Refusal {
  let tightest: { account: string | null; left: bigint } | null = null;
  let lacking: string | null = null;
  let scarce = false;
  let elsewhere = false;
  const look = (account: string | null, left: bigint, free: bigint, isScarce: boolean, others: boolean) => {
    if (left < least && (tightest === null || left < tightest.left)) tightest = { account, left };
    if (free >= least || !isScarce) return;
    if (!scarce) lacking = account;
    scarce = true;
    elsewhere ||= others;
  };
  for (const { id } of request.windows) {
    const answer = answers.get(id);
    if (answer) look(id, BigInt(answer.limit) - BigInt(answer.spent), book.find(id)?.free ?? 0n, BigInt(answer.granted) < (needs.get(id) ?? 0n), answer.elsewhere);
  }
  if (request.funds) {
    let left = 0n;
    let free = 0n;
    let granted = 0n;
    let need = 0n;
    let others = false;
    for (const fund of request.funds) {
      const id = fundAccount(request.org, fund);
      const answer = answers.get(id);
      free += book.find(id)?.free ?? 0n;
      need = max(need, needs.get(id) ?? 0n);
      if (!answer) continue;
      left += BigInt(answer.limit) - BigInt(answer.spent);
      granted += BigInt(answer.granted);
      others ||= answer.elsewhere;
    }
    // An organization that was never given credit has no fund accounts at all.
    const known = request.funds.some((fund) => answers.has(fundAccount(request.org, fund))) || !request.funds.some((fund) => book.find(fundAccount(request.org, fund)));
    if (known) look(null, left, free, granted < need, others);
  }
  if (tightest) return { reason: 'empty', account: (tightest as { account: string | null }).account, scarce: true, final: true };
  return { reason: 'held', account: lacking, scarce, final: scarce && !elsewhere };
}

export function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
