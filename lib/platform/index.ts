export { attachInstallation } from './attach-installation';
export { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres';
export { describeParents } from './live-process';
export { migrateDatabase } from './migrate';
export { type Installation, openInstallation } from './open-installation';
export { socketFolder } from './socket-folder';
export { StartError } from './start-error';
export { waitForPort } from './wait-for-port';
