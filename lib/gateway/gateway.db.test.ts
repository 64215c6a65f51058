import { describe } from 'vitest';
import type { DoorName } from '@/lib/testing/gateway';
import { conformanceSuite } from '@/lib/testing/suites/conformance';
import { inProcessGateway } from '@/lib/testing/suites/in-process';
import { ledgerSuite } from '@/lib/testing/suites/ledger';

const { subjectOf } = await inProcessGateway();

describe.each<DoorName>(['node', 'web'])('through the %s door', (door) => {
  conformanceSuite(() => subjectOf(door));
  ledgerSuite(() => subjectOf(door));
});
