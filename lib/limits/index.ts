export { createMemoryLimiter } from './memory-limiter';
export { createRedisLimiter } from './redis-limiter';
export type { Limiter, LimitScope, RateHeaders, ShownScopes, Slot } from './types';
