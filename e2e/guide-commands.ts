import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

export interface GuideCommand {
  guide: string;
  /** As it is printed, on one line and without its comment. */
  line: string;
}

/** Every line that the README and the guides tell people to type. */
export function guideCommands(): GuideCommand[] {
  const guides = ['README.md', ...readdirSync(path.join(root, 'docs/guides')).filter((file) => file.endsWith('.md')).map((file) => `docs/guides/${file}`)];
  return guides.flatMap((guide) =>
    [...readFileSync(path.join(root, guide), 'utf8').matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
      block
        .replaceAll('\\\n', ' ')
        .trim()
        .split('\n')
        .map((line) => ({ guide, line: line.replace(/\s{2,}#.*$/, '').trim() })),
    ),
  );
}

/** The first `fairlead.yaml` that a guide prints. */
export function guideConfig(guide: string): string {
  return /```yaml\n([\s\S]*?)```/.exec(readFileSync(path.join(root, guide), 'utf8'))?.[1] ?? '';
}

/** The prices that the configuration guide prints as an example of a catalogue file. */
export function guidePrices(): string {
  return /`(\{"adapter".*\})`/.exec(readFileSync(path.join(root, 'docs/guides/configuration.md'), 'utf8'))?.[1] ?? '';
}

/** The words after `npm run fairlead --`, as a shell would hand them over; null: another program's line. */
export function fairleadArgs(line: string): string[] | null {
  const [, rest] = /^npm run fairlead -- (.+)$/.exec(line) ?? [];
  return rest === undefined ? null : [...rest.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}
