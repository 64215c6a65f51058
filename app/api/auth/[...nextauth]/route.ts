import NextAuth from 'next-auth';
import { authOptions } from '@/lib/auth/options';
import { errorResponse } from '@/lib/http/error-response';
import { FairleadError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';

type Context = { params: Promise<{ nextauth: string[] }> };

/** NextAuth reads the body before it looks at anything else and lets a broken one through as a crash. */
async function handler(request: Request, context: Context): Promise<Response> {
  try {
    return (await NextAuth(request as never, context as never, authOptions())) as Response;
  } catch (error) {
    if (error instanceof SyntaxError) return errorResponse(new FairleadError('invalid_json'), newId('req'));
    throw error;
  }
}

export { handler as GET, handler as POST };
