import type { z } from 'zod';
import { FairleadError, asFairleadError, ERRORS } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { log } from '@/lib/log';
import type { Ctx, OperatorCtx } from '@/lib/services/context';
import { snakeCase } from '@/lib/services/management/snake-case';
import { errorResponse } from './error-response';
import { asInputError } from '@/lib/services/management/input-error';
import { findManagementCaller } from './management-caller';

/** What a handler is given: who asks, and the input it declared, parsed. */
export interface ManagementCall<C, Query, Body> {
  ctx: C;
  query: Query;
  body: Body;
  params: Record<string, string>;
  request: Request;
}

interface RouteSpec<Query extends z.ZodType, Body extends z.ZodType> {
  /** Schema of the query string. Without one the query is not read. */
  query?: Query;
  /** Schema of the JSON body. Without one the body is not read. */
  body?: Body;
  /** Status of a success; 200 unless said. */
  status?: number;
  /** Answers an organization's key. Absent: such keys get 403. */
  org?(call: ManagementCall<Ctx, z.output<Query>, z.output<Body>>): Promise<unknown>;
  /** Answers an operator's key. Absent: such keys get 403. */
  operator?(call: ManagementCall<OperatorCtx, z.output<Query>, z.output<Body>>): Promise<unknown>;
}

/** Next passes no params to a route without a `[segment]`. */
type RouteContext = { params: Promise<Record<string, string | string[]> | undefined> };

const MAX_BODY_BYTES = 4 * 1024 * 1024;

/**
 * A route of the management API: finds the caller before it reads any input, parses what the route declares, and
 * answers JSON or the contract's error envelope. A handler may return a `Response` of its own.
 */
export function managementRoute<Query extends z.ZodType = z.ZodUnknown, Body extends z.ZodType = z.ZodUnknown>(spec: RouteSpec<Query, Body>) {
  return async (request: Request, context: RouteContext): Promise<Response> => {
    const requestId = newId('req');
    try {
      const caller = await findManagementCaller(request.headers);
      const handler = caller.kind === 'org' ? spec.org : spec.operator;
      if (!handler) throw new FairleadError('forbidden', caller.kind === 'org' ? 'This needs a management key of the operator.' : 'This needs a management key of an organization.');
      const call = {
        ctx: caller.ctx,
        params: flatten((await context.params) ?? {}),
        query: spec.query ? parse(spec.query, Object.fromEntries(new URL(request.url).searchParams)) : undefined,
        body: spec.body ? parse(spec.body, await readJson(request)) : undefined,
        request,
      };
      const result = await (handler as (call: unknown) => Promise<unknown>)(call);
      if (result instanceof Response) {
        result.headers.set('x-request-id', requestId);
        return result;
      }
      return Response.json(result, { status: spec.status ?? 200, headers: { 'x-request-id': requestId, 'cache-control': 'no-store' } });
    } catch (thrown) {
      const error = asInputError(thrown, snakeCase);
      const { code, extras } = asFairleadError(error);
      if (ERRORS[code].level === 'error') log.error({ requestId, code, err: extras.internal ?? error }, 'management call failed');
      return errorResponse(error, requestId);
    }
  };
}

/** Next gives decoded segments of a catch-all as a list; model ids hold slashes. */
function flatten(params: Record<string, string | string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, Array.isArray(value) ? value.map(decode).join('/') : decode(value)]));
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function parse<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw parsed.error;
}

async function readJson(request: Request): Promise<unknown> {
  const text = await readText(request);
  if (text.trim() === '') throw new FairleadError('invalid_json', 'The request body is empty.');
  try {
    return JSON.parse(text);
  } catch {
    throw new FairleadError('invalid_json');
  }
}

/** The body as text, at most 4 MiB. */
export async function readText(request: Request): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) throw new FairleadError('request_too_large');
  const bytes = await request.arrayBuffer();
  if (bytes.byteLength > MAX_BODY_BYTES) throw new FairleadError('request_too_large');
  return new TextDecoder().decode(bytes);
}
