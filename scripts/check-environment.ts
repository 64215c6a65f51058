import { EnvironmentError, env, loadEnvFiles } from '@/lib/env';

// Before a build: a bad value is named at once, and not after the minute that a build takes.
loadEnvFiles();
try {
  env();
} catch (error) {
  if (!(error instanceof EnvironmentError)) throw error;
  process.stderr.write(`Fairlead cannot start: ${error.message}\n`);
  process.exitCode = 1;
}
