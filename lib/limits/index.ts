export { createMemoryLimiter, type Limiter, type LimitScope, type RateHeaders, type Slot } from './limiter';
