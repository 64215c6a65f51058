export { budgetAccounts, budgetWindow, DEMO_FUNDS, fundAccount, OPERATOR, REAL_FUNDS, windowBounds } from './accounts';
export { changeBudgetLimit, type LimitOwner } from './change-limit';
export { clawBackCredit, type CreditMovement, grantCredit } from './grant-credit';
export { expireCredit, limitOverage } from './credit-limits';
export { type Ledger, type LedgerOptions, startLedger } from './ledger';
export { type Balance, type FundBalance, readBalance } from './read-balance';
export { recoverDead, recoverPredecessors } from './recover';
export type { Hold } from './slice-book';
export type * from './types';
