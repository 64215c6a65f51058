export { type AllowVerdict, explainAllowed, matchesPattern } from './allow';
export { cardAt } from './card-at';
export { compileAlias } from './compile-alias';
export { DEFAULT_BREAKER, DEFAULT_TIMEOUTS } from './load-policy';
export { type PolicyStore, startPolicyStore } from './policy-store';
export type * from './types';
