export { type Contact, type Contacts, createContacts } from './contacts';
export type { GatewayDeps } from './deps';
export type { Exchange } from './exchange';
export { createGatewayMetrics, type GatewayMetrics } from './metrics';
export { handleInference } from './pipeline';
export { type RouteDeps, routeExchange } from './route';
