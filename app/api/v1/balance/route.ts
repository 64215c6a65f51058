import { managementRoute } from '@/lib/http/management-route';
import { getBalance } from '@/lib/services/management/get-balance';

export const GET = managementRoute({
  org: ({ ctx }) => getBalance({ ctx }),
});
