import { env } from '@/lib/env';
import { namedVariable } from '@/lib/env/named-variable';
import { type SecretSource, localSecrets, remoteSecrets } from './resolve-secrets';

/** What reading a configuration needs from the installation around it. */
export interface ConfigSurroundings {
  /** Where `${env:…}` and `${file:…}` are looked up. */
  secrets: SecretSource;
  /** ALLOW_PRIVATE_UPSTREAMS. */
  allowPrivateUpstreams: boolean;
  /** The gateway's public key: secrets are sealed to it and can be read by the gateway only. */
  sealPublicKey: string;
}

/** `local` for the command line and CONFIG_FILE, `remote` for a file that came over HTTP. */
export function configSurroundings(origin: 'local' | 'remote'): ConfigSurroundings {
  const { allowPrivateUpstreams, sealPublicKey } = env();
  return { secrets: origin === 'local' ? localSecrets(namedVariable) : remoteSecrets(namedVariable), allowPrivateUpstreams, sealPublicKey };
}
