export { closePrisma, Prisma, prisma, type Tx } from './prisma';
export { asSystem, bumpVersion, withOrg } from './scope';
export { createGatewayPool, type GatewayClient, type GatewayPool } from './gateway-pool';
export { openSessionLocks, type SessionLocks } from './session-locks';
