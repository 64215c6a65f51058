import { describe } from 'vitest';
import type { DoorName } from '@/lib/testing/gateway';
import { inProcessGateway } from '@/lib/testing/suites/in-process';
import { edgesSuite, leavingSuite, mediaSuite, messagesSuite, responsesSuite } from '@/lib/testing/suites/surfaces';

const { subjectOf } = await inProcessGateway();

describe.each<DoorName>(['node', 'web'])('through the %s door', (door) => {
  edgesSuite(() => subjectOf(door));
  leavingSuite(() => subjectOf(door));
  mediaSuite(() => subjectOf(door));
  messagesSuite(() => subjectOf(door));
  responsesSuite(() => subjectOf(door));
});
