import { assumeRole, loadEnvFiles } from '@/lib/env';
import { runCommand } from './run-command';

// `npm run fairlead -- …`. A closed pipe (`| head`) is the reader's choice, not a failure.
process.stdout.on('error', () => process.exit(0));
assumeRole('cli');
loadEnvFiles();
process.exitCode = await runCommand(process.argv.slice(2), {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
});
