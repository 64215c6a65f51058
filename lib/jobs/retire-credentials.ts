import { retireCredentials } from '@/lib/services/operator/providers/retire-credentials';
import { defineJob } from './define-job';

/** The overlap of a rotation ends by itself: at most this long after its hour the old secret is out of every process. */
export const retireCredentialsJob = defineJob({ name: 'credentials.retire', everyMs: 15_000, run: retireCredentials });
