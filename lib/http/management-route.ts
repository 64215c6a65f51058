import type { z } from 'zod';
import { asFairleadError, ERRORS, FairleadError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { log } from '@/lib/log';
import type { Ctx, OperatorCtx } from '@/lib/services/context';
import { runOnce, type StoredAnswer } from '@/lib/services/management/idempotent-call';
import { asInputError } from '@/lib/services/management/input-error';
import { type OperatorArea, type OrgArea, requireOperatorScope, requireScope } from '@/lib/services/management/scopes';
import { snakeCase } from '@/lib/services/management/snake-case';
import { errorResponse } from './error-response';
import { findManagementCaller, type ManagementCaller } from './management-caller';

/** What a handler is given: who asks, and the input it declared, parsed. */
export interface ManagementCall<C, Query, Body> {
  ctx: C;
  query: Query;
  body: Body;
  params: Record<string, string>;
  request: Request;
}

/** All that the served document says of a route; the route parses with the same schemas. */
export interface RouteSpec<Query extends z.ZodType = z.ZodType, Body extends z.ZodType = z.ZodType> {
  summary: string;
  /** What a scoped key needs, with `:read` for GET and `:write` for all others; `installation` is every area of an operator's key. */
  scope: OrgArea | OperatorArea;
  /** Schema of the query string. Without one the query is not read. */
  query?: Query;
  /** Schema of the JSON body. Without one the body is not read. */
  body?: Body;
  /** Media type of a body that the handler reads itself, such as `application/yaml`. */
  textBody?: string;
  /** Media type of the answer, unless it is JSON. */
  mediaType?: string;
  /** Status of a success; 200 unless said. */
  status?: number;
  /** Schema of the answer. */
  answer: z.ZodType;
  /** Of what an operator's key is answered, where that is another thing on the same path. */
  operatorAnswer?: z.ZodType;
  /** Answers an organization's key. Absent: such keys get 403. */
  org?(call: ManagementCall<Ctx, z.output<Query>, z.output<Body>>): Promise<unknown>;
  /** Answers an operator's key. Absent: such keys get 403. */
  operator?(call: ManagementCall<OperatorCtx, z.output<Query>, z.output<Body>>): Promise<unknown>;
}

/** Next passes no params to a route without a `[segment]`. */
type RouteContext = { params: Promise<Record<string, string | string[]> | undefined> };

export interface ManagementRoute {
  (request: Request, context: RouteContext): Promise<Response>;
  spec: RouteSpec;
}

const MAX_BODY_BYTES = 4 * 1024 * 1024;

/**
 * A route of the management API: finds the caller before it reads any input, parses what the route declares, and
 * answers JSON or the contract's error envelope. A POST with an `Idempotency-Key` runs once. A handler may return a
 * `Response` of its own.
 */
export function managementRoute<Query extends z.ZodType = z.ZodUnknown, Body extends z.ZodType = z.ZodUnknown>(spec: RouteSpec<Query, Body>): ManagementRoute {
  const route = async (request: Request, context: RouteContext): Promise<Response> => {
    const requestId = newId('req');
    try {
      const caller = await findManagementCaller(request.headers);
      const run = authorize(spec as unknown as RouteSpec, caller, request.method);
      const params = flatten((await context.params) ?? {});
      const key = request.method === 'POST' ? request.headers.get('idempotency-key') : null;
      const response = key === null ? await answer(spec as unknown as RouteSpec, run, { request, params }) : await answerOnce(spec as unknown as RouteSpec, run, { request, params, key, caller });
      response.headers.set('x-request-id', requestId);
      return response;
    } catch (thrown) {
      return toErrorResponse(thrown, requestId);
    }
  };
  return Object.assign(route, { spec: spec as unknown as RouteSpec });
}

type Run = (call: { query: unknown; body: unknown; params: Record<string, string>; request: Request }) => Promise<unknown>;

/** The handler of the caller's side, once its scopes allow it. */
function authorize(spec: RouteSpec, caller: ManagementCaller, method: string): Run {
  const access = method === 'GET' ? 'read' : 'write';
  if (caller.kind === 'org') {
    const { org } = spec;
    if (!org) throw new FairleadError('forbidden', 'This needs a management key of the operator.');
    requireScope(caller.scopes, `${spec.scope as OrgArea}:${access}`);
    return (call) => org({ ...call, ctx: caller.ctx } as never);
  }
  const { operator } = spec;
  if (!operator) throw new FairleadError('forbidden', 'This needs a management key of an organization.');
  requireOperatorScope(caller.scopes, spec.scope as OperatorArea, access);
  return (call) => operator({ ...call, ctx: caller.ctx } as never);
}

async function answer(spec: RouteSpec, run: Run, { request, params }: { request: Request; params: Record<string, string> }): Promise<Response> {
  const result = await run({
    params,
    query: spec.query ? spec.query.parse(Object.fromEntries(new URL(request.url).searchParams)) : undefined,
    body: spec.body ? spec.body.parse(await readJson(request)) : undefined,
    request,
  });
  return result instanceof Response ? result : toJson(JSON.stringify(result), spec.status ?? 200);
}

interface OnceCall {
  request: Request;
  params: Record<string, string>;
  key: string;
  caller: ManagementCaller;
}

/** Errors of the first call are kept like its other answers: a repeated call is told the same. */
async function answerOnce(spec: RouteSpec, run: Run, { request, params, key, caller }: OnceCall): Promise<Response> {
  const body = await readText(request);
  const { pathname, search } = new URL(request.url);
  const call = { owner: caller.keyId, orgId: caller.kind === 'org' ? caller.ctx.orgId : null, presented: caller.presented, key, method: request.method, path: pathname + search, body };
  const { status, body: text, replayed } = await runOnce(call, async (): Promise<StoredAnswer> => {
    const again = new Request(request.url, { method: request.method, headers: request.headers, body });
    const response = await answer(spec, run, { request: again, params }).catch((thrown) => toErrorResponse(thrown, newId('req')));
    return { status: response.status, body: await response.text() };
  });
  const response = toJson(text, status);
  if (replayed) response.headers.set('idempotency-replayed', 'true');
  return response;
}

function toErrorResponse(thrown: unknown, requestId: string): Response {
  const error = asInputError(thrown, snakeCase);
  const { code, extras } = asFairleadError(error);
  if (ERRORS[code].level === 'error') log.error({ requestId, code, err: extras.internal ?? error }, 'management call failed');
  return errorResponse(error, requestId);
}

function toJson(body: string, status: number): Response {
  return new Response(body, { status, headers: { 'content-type': 'application/json', 'cache-control': 'no-store' } });
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
