import { rerate } from '@/lib/services/operator/rerate/rerate';
import { CLI_OPERATOR } from '../actor';
import { type Command, optional, required } from '../command';
import { renderTable } from '../table';

export const rerateCommand: Command = {
  words: ['rerate'],
  summary: 'price the calls of a period by the cards of today and show, or book, what differs',
  usage: '--from 2026-11-01 --to 2026-12-01 [--org SLUG] [--apply]',
  options: { from: { type: 'string' }, to: { type: 'string' }, org: { type: 'string' }, apply: { type: 'boolean' } },
  needsDatabase: true,
  help: 'Days begin at midnight UTC; the last instant is left out. Without --apply nothing is written. With it each difference becomes one adjustment entry: too much is given back as credit, too little is taken as far as there is credit. Charges and log rows stay as they are.',
  async run({ options }) {
    const report = await rerate({ ctx: CLI_OPERATOR, input: { from: required(options, 'from'), to: required(options, 'to'), org: optional(options, 'org'), apply: options.apply === true } });
    const { calls, differences, unexplained, booked } = report;
    const lines = [
      differences.length === 0
        ? `${calls} calls, none priced differently today`
        : renderTable(['ORGANIZATION', 'MODEL', 'CALLS', 'CHARGED', 'CORRECTED', 'DIFFERENCE'], differences.map((one) => [one.org, one.model, String(one.calls), `$${one.charged_usd}`, `$${one.corrected_usd}`, `$${one.difference_usd}`])),
      ...(unexplained > 0 ? [`${unexplained} calls were not charged by their card alone and are left as they are`] : []),
      ...(booked ? [`Booked ${booked.entries} entries: $${booked.refunded_usd} given back, $${booked.charged_usd} taken, $${booked.forgone_usd} forgone`] : differences.length > 0 ? ['Nothing was booked; add --apply to book it'] : []),
    ];
    return { json: report, text: lines.join('\n') };
  },
};
