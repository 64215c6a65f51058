export { assumeRole, childEnvironment, completeEnv, env, loadEnvFiles, publicVariables } from './process-env';
export { type Env, EnvironmentError, type Role, type StripeEnv } from './types';
