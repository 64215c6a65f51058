import { writeFile } from 'node:fs/promises';
import { namedVariable } from '@/lib/env/named-variable';
import { renderPlan } from '@/lib/services/config/render-plan';
import { IMPORT_FORMATS, type ImportFormat, applyImport, type ImportedConfig, planImport, readImport } from '@/lib/services/import/import-gateway';
import type { NotTaken } from '@/lib/services/import/source';
import { CLI_OPERATOR } from '../actor';
import { type Command, optional, UsageError } from '../command';
import { readText } from '../read-text';
import { changeTotals } from './config';

export const importGateway: Command = {
  words: ['import'],
  summary: "take over another gateway's providers, models, prices and routes",
  usage: `${IMPORT_FORMATS.join('|')} FILE [--apply] [-o FILE]`,
  options: { apply: { type: 'boolean' }, output: { type: 'string', short: 'o' } },
  positionals: { min: 2, max: 2 },
  needsDatabase: true,
  help: [
    'Shows what would change and every field that has no place here, with the reason; nothing is changed without --apply.',
    'litellm: the config.yaml of a LiteLLM proxy. new-api, one-api: JSON with their rows: {"channels": [...], "options": {...}, "users": [...], "tokens": [...]}, or a list of channels.',
    '-o writes the fairlead.yaml. Keys that stood in clear are "${stored}" in it: only --apply carries them over.',
  ].join('\n'),
  async run({ options, positionals: [format = '', file = ''] }) {
    if (!IMPORT_FORMATS.includes(format as ImportFormat)) throw new UsageError(`"${format}" cannot be imported; there is ${IMPORT_FORMATS.join(', ')}`);
    const imported = readImport(format as ImportFormat, await readText(file));
    const isApplied = options.apply === true;
    const changes = await (isApplied ? applyImport : planImport)({ ctx: CLI_OPERATOR, input: imported });
    const output = optional(options, 'output');
    if (output !== undefined) await writeFile(output, imported.yaml, { mode: 0o600 });
    const unset = imported.variables.filter((name) => !namedVariable(name));
    const { notTaken, commands, pasted } = imported;
    return {
      json: {
        applied: isApplied && changes.length > 0,
        changes,
        ...changeTotals(changes),
        not_taken: notTaken,
        commands,
        variables_unset: unset,
        pasted_keys: [...pasted.keys()],
        file: output ?? null,
      },
      text: [
        renderPlan(changes),
        ...describe(imported, unset, isApplied),
        ...(output === undefined ? [] : ['', `Wrote ${output}`]),
        ...(isApplied && changes.length > 0 ? ['', 'Applied.'] : []),
      ].join('\n'),
    };
  },
};

function describe({ notTaken, commands, pasted }: ImportedConfig, unset: readonly string[], isApplied: boolean): string[] {
  const block = (title: string, lines: readonly string[]): string[] => (lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)]);
  return [
    ...block('Not taken:', byReason(notTaken)),
    ...block('To run afterwards, for what is no configuration:', commands),
    ...(isApplied ? [] : block('Set these variables before applying:', unset)),
    ...(isApplied ? [] : block('Keys that stand in the file in clear, sealed by --apply:', [...pasted.keys()])),
  ];
}

/** The same reason for many fields is said once. */
function byReason(notTaken: readonly NotTaken[]): string[] {
  const paths = new Map<string, string[]>();
  for (const { path, why } of notTaken) paths.set(why, [...(paths.get(why) ?? []), path]);
  return [...paths].map(([why, places]) => `${places.join(', ')}: ${why}`);
}
