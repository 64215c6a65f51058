import { updatePrices } from '@/lib/services/catalogue/update-prices';
import { renderPlan } from '@/lib/services/config/render-plan';
import { CLI_OPERATOR } from '../actor';
import type { Command } from '../command';
import { readText } from '../read-text';
import { changeTotals } from './config';

export const catalogUpdate: Command = {
  words: ['catalog', 'update'],
  summary: 'take prices from a catalogue file',
  usage: 'FILE [--apply] [--keep-own]',
  options: { apply: { type: 'boolean' }, 'keep-own': { type: 'boolean' } },
  positionals: { min: 1, max: 1 },
  needsDatabase: true,
  help: 'FILE is JSON as in lib/catalog/data: {"adapter", "models": [{"id", "cards": [{"currency", "rates", "effectiveFrom"}]}]}, or a list of those.\nShows what would change; --apply writes it. Every change is a new card, from now on or from the day it names; cards that were in force stay.\n--keep-own leaves models alone whose price was set by hand.',
  async run({ options, positionals: [file = ''] }) {
    const isApplied = options.apply === true;
    const { changes, notInFile, kept } = await updatePrices({
      ctx: CLI_OPERATOR,
      input: { text: await readText(file), apply: isApplied, keepOwn: options['keep-own'] === true },
    });
    const note = (title: string, ids: readonly string[]): string[] => (ids.length === 0 ? [] : ['', `${title}: ${ids.join(', ')}`]);
    return {
      json: { applied: isApplied && changes.length > 0, changes, ...changeTotals(changes), not_in_file: notInFile, kept },
      text: [
        renderPlan(changes),
        ...note('Not in the file', notInFile),
        ...note('Set by hand and kept', kept),
        ...(isApplied && changes.length > 0 ? ['', 'Applied.'] : []),
      ].join('\n'),
    };
  },
};
