export { budgetAccounts, budgetWindow, DEMO_FUNDS, fundAccount, REAL_FUNDS, windowBounds } from './accounts';
export { changeBudgetLimit, type LimitOwner } from './change-limit';
export { clawBackCredit, type CreditMovement, grantCredit } from './grant-credit';
export { expireCredit, limitOverage } from './credit-limits';
export { type Balance, type FundBalance, readBalance } from './read-balance';
export { sweepDeadProcesses } from './sweep';
export type * from './types';
export { createLedgerWriter, type LedgerWriter } from './writer';
