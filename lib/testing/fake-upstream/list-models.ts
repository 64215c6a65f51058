import type { ServerResponse } from 'node:http';
import type { LoggedRequest } from './request-log';

/** The models the fake provider lists. */
export const LISTED_MODELS = ['std', 'tiny', 'gpt-4o-mini', 'brand-new'];

/** `GET …/models`: the list for any key, except one that says it is wrong. */
export function listModels(response: ServerResponse, logged: LoggedRequest): void {
  const isRefused = String(logged.headers.authorization).includes('wrong');
  logged.status = isRefused ? 401 : 200;
  logged.finishedAt = Date.now();
  response.writeHead(logged.status, { 'content-type': 'application/json' });
  response.end(
    JSON.stringify(
      isRefused
        ? { error: { message: `Incorrect API key provided: ${String(logged.headers.authorization).replace('Bearer ', '')}.`, type: 'invalid_request_error', code: 'invalid_api_key' } }
        : { object: 'list', data: LISTED_MODELS.map((id) => ({ id, object: 'model', created: 1_700_000_000, owned_by: 'fake' })) },
    ),
  );
}
