import { writeFile } from 'node:fs/promises';
import { applyConfig } from '@/lib/services/config/apply-config';
import type { Change } from '@/lib/services/config/diff-state';
import { exportConfig } from '@/lib/services/config/export-config';
import { planConfig } from '@/lib/services/config/plan-config';
import { renderPlan } from '@/lib/services/config/render-plan';
import { type Command, type OptionValues, optional, required } from '../command';
import { CLI_OPERATOR } from '../actor';
import { readText } from '../read-text';

const FILE = { file: { type: 'string', short: 'f' }, prune: { type: 'boolean' } } as const;
const PRUNE_HELP = '--prune removes what the file does not name; the demo provider always stays.';

export const configPlan: Command = {
  words: ['config', 'plan'],
  summary: 'show what a fairlead.yaml would change',
  usage: '-f FILE [--prune]',
  options: FILE,
  needsDatabase: true,
  help: PRUNE_HELP,
  async run({ options }) {
    const changes = await planConfig({ ctx: CLI_OPERATOR, input: await readInput(options) });
    return { json: { changes, ...changeTotals(changes) }, text: renderPlan(changes) };
  },
};

export const configApply: Command = {
  words: ['config', 'apply'],
  summary: 'apply a fairlead.yaml, all of it or nothing',
  usage: '-f FILE [--prune]',
  options: FILE,
  needsDatabase: true,
  help: PRUNE_HELP,
  async run({ options }) {
    const changes = await applyConfig({ ctx: CLI_OPERATOR, input: await readInput(options) });
    return {
      json: { applied: changes.length > 0, changes, ...changeTotals(changes) },
      text: changes.length > 0 ? `${renderPlan(changes)}\nApplied.` : renderPlan(changes),
    };
  },
};

export const configExport: Command = {
  words: ['config', 'export'],
  summary: 'write the present configuration as a fairlead.yaml',
  usage: '[-f FILE]',
  options: { file: { type: 'string', short: 'f' } },
  needsDatabase: true,
  help: 'Without -f it is printed. Secrets are not in it: they stay as ${env:NAME}, ${file:PATH} or ${stored}.',
  async run({ options }) {
    const yaml = await exportConfig({ ctx: CLI_OPERATOR });
    const file = optional(options, 'file');
    if (file === undefined || file === '-') return { json: { yaml }, text: yaml.trimEnd() };
    await writeFile(file, yaml);
    return { json: { file }, text: `Wrote ${file}` };
  },
};

async function readInput(options: OptionValues): Promise<{ text: string; prune: boolean }> {
  return { text: await readText(required(options, 'file')), prune: options.prune === true };
}

export function changeTotals(changes: readonly Change[]): { added: number; changed: number; removed: number } {
  const of = (op: Change['op']): number => changes.filter((change) => change.op === op).length;
  return { added: of('add'), changed: of('change'), removed: of('remove') };
}
