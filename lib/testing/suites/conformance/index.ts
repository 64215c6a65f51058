import type { Subject } from '../subject';
import { describeBadInput } from './bad-input';
import { setUpCalls } from './calls';
import { describeFailover } from './failover';
import { describeKeysAndModels } from './keys-and-models';
import { describeStreams } from './streams';
import { describeUsage } from './usage';
import { describeWholeAnswers } from './whole-answers';

/** What an inference call promises, whichever door it comes through: contract §5. */
export function conformanceSuite(getSubject: () => Subject): void {
  const calls = setUpCalls(getSubject);
  describeWholeAnswers(calls);
  describeStreams(calls);
  describeUsage(calls);
  describeFailover(calls);
  describeBadInput(calls);
  describeKeysAndModels(calls);
}
