import { describe } from 'vitest';
import type { DoorName } from '@/lib/testing/gateway';
import { useInProcessGateway } from '@/lib/testing/suites/in-process';
import { messagesSuite, responsesSuite } from '@/lib/testing/suites/surfaces';

const { subjectOf } = await useInProcessGateway();

describe.each<DoorName>(['node', 'web'])('through the %s door', (door) => {
  messagesSuite(() => subjectOf(door));
  responsesSuite(() => subjectOf(door));
});
