export { type Contact, type Contacts, createContacts } from './contacts';
export type { GatewayDeps } from './deps';
export type { Exchange } from './exchange';
export { createKeyUse } from './key-use';
export { createGatewayMetrics, type GatewayMetrics, renderTogether } from './metrics';
export { handleInference } from './pipeline';
export { type RouteDeps, routeExchange } from './route';
export { createRunningCalls, type RunningCalls } from './running-calls';
export type { CallTrace, CallTraces } from './traces';
