import { describe } from 'vitest';
import type { DoorName } from '@/lib/testing/gateway';
import { useInProcessGateway } from '@/lib/testing/suites/in-process';
import { responsesSuite } from '@/lib/testing/suites/surfaces';

const { subjectOf } = await useInProcessGateway();

describe.each<DoorName>(['node', 'web'])('through the %s door', (door) => {
  responsesSuite(() => subjectOf(door));
});
