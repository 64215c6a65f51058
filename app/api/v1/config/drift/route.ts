import { managementRoute } from '@/lib/http/management-route';
import { configDrift } from '@/lib/services/config/config-drift';
import { ConfigDriftAnswer } from '@/lib/services/management/answers/installation';

export const GET = managementRoute({
  summary: 'Whether what is in force still is what the last applied file says',
  scope: 'config',
  answer: ConfigDriftAnswer,
  operator: ({ ctx }) => configDrift({ ctx }),
});
