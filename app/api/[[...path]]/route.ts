import { errorResponse } from '@/lib/http/error-response';
import { FairleadError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';

/** Every path under /api that nothing serves: a program that asks gets the envelope, not a page. */
function notFound(): Response {
  return errorResponse(new FairleadError('unsupported_endpoint'), newId('req'));
}

export { notFound as DELETE, notFound as GET, notFound as HEAD, notFound as OPTIONS, notFound as PATCH, notFound as POST, notFound as PUT };
