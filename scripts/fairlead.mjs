#!/usr/bin/env node
// `npm run fairlead -- …`: the command line, from the build when it is fresh, else straight from the sources.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { isBuildFresh, root } from './fingerprint.mjs';

process.env.NODE_ENV ??= 'production';
process.env.FAIRLEAD_ROLE = 'cli';
if (isBuildFresh()) {
  await import(pathToFileURL(path.join(root, 'dist', 'cli.mjs')).href);
} else {
  const { register } = await import('tsx/esm/api');
  register();
  await import(pathToFileURL(path.join(root, 'lib', 'cli', 'main.ts')).href);
}
