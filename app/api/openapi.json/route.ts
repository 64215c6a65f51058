import { openApiDocument } from '../v1/document';

/** Public: it describes the API and holds nothing of anybody. */
export function GET(): Response {
  return Response.json(openApiDocument(), { headers: { 'cache-control': 'public, max-age=300', 'access-control-allow-origin': '*' } });
}
