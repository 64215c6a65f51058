import { z } from 'zod';
import { authorizeOperator, authorizeOrg, authorizeUser } from '@/lib/auth/require';
import { asFairleadError, ERRORS, FairleadError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { log } from '@/lib/log';
import type { Ctx, OperatorCtx } from '@/lib/services/context';
import { errorResponse } from './error-response';

type RouteContext = { params: Promise<Record<string, string> | undefined> };

/**
 * A GET of the console: session, then the organization of the path, then the query string with the path's other
 * parameters, then the verb. Without a session it answers 401, for another's organization 404, before it reads any input.
 */
export function consoleRoute<Query extends z.ZodType>(query: Query, verb: (call: { ctx: Ctx; input: z.output<Query> }) => Promise<unknown>) {
  return (request: Request, context: RouteContext): Promise<Response> =>
    answer(request, context, query, authorizeOrg, async (ctx, input) =>
      Response.json(await verb({ ctx, input }), { headers: { 'cache-control': 'private, no-store' } }),
    );
}

/** Like `consoleRoute`, for a file that is sent while it is read. */
export function consoleDownload<Query extends z.ZodType>(
  query: Query,
  verb: (call: { ctx: Ctx; input: z.output<Query> }) => AsyncGenerator<string>,
  describe: (input: z.output<Query>) => { fileName: string; contentType: string },
) {
  return (request: Request, context: RouteContext): Promise<Response> =>
    answer(request, context, query, authorizeOrg, (ctx, input) => download(verb({ ctx, input }), describe(input)));
}

/** The same for the operator; to everybody else, signed in or not, there is nothing here. */
export function operatorDownload<Query extends z.ZodType>(
  query: Query,
  verb: (call: { ctx: OperatorCtx; input: z.output<Query> }) => AsyncGenerator<string>,
  describe: (input: z.output<Query>) => { fileName: string; contentType: string },
) {
  return (request: Request, context: RouteContext): Promise<Response> =>
    answer(request, context, query, authorizeOperator, (ctx, input) => download(verb({ ctx, input }), describe(input)));
}

/** A file for the person who is signed in, about themselves. */
export function accountDownload(verb: (call: { userId: string }) => AsyncGenerator<string>, describe: () => { fileName: string; contentType: string }) {
  // A path without parameters brings none.
  return (request: Request): Promise<Response> =>
    answer(request, { params: Promise.resolve({}) }, z.object({}), authorizeUser, ({ id }) => download(verb({ userId: id }), describe()));
}

async function download(lines: AsyncGenerator<string>, { fileName, contentType }: { fileName: string; contentType: string }): Promise<Response> {
  // The first part is read here: what goes wrong before it is still a proper error and not a broken file.
  const first = await lines.next();
  return new Response(streamOf(first, lines), {
    headers: { 'content-type': contentType, 'content-disposition': `attachment; filename="${fileName}"`, 'cache-control': 'private, no-store' },
  });
}

async function answer<Query extends z.ZodType, Asking>(
  request: Request,
  context: RouteContext,
  query: Query,
  authorize: (org: string) => Promise<Asking>,
  respond: (ctx: Asking, input: z.output<Query>) => Promise<Response>,
): Promise<Response> {
  const requestId = newId('req');
  try {
    // A route without a segment has none.
    const { org = '', ...params } = (await context.params) ?? {};
    const ctx = await authorize(org);
    const parsed = query.safeParse({ ...Object.fromEntries(new URL(request.url).searchParams), ...params });
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const param = issue?.path.join('.') || null;
      throw new FairleadError('invalid_request', param ? `${param}: ${issue?.message}` : issue?.message, { param });
    }
    const response = await respond(ctx, parsed.data);
    response.headers.set('x-request-id', requestId);
    return response;
  } catch (error) {
    const { code, extras } = asFairleadError(error);
    if (ERRORS[code].level === 'error') log.error({ requestId, code, error: extras.internal ?? error }, 'console call failed');
    return errorResponse(error, requestId);
  }
}

function streamOf(first: IteratorResult<string, void>, rest: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let next: IteratorResult<string, void> | null = first;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const part = next ?? (await rest.next());
      next = null;
      if (part.done) controller.close();
      else controller.enqueue(encoder.encode(part.value));
    },
    async cancel() {
      await rest.return(undefined);
    },
  });
}
