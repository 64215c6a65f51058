import { buildOpenApiDocument } from '@/lib/http/openapi-document';
import { version } from '@/package.json';
import { MANAGEMENT_ROUTES } from './routes';

let document: ReturnType<typeof buildOpenApiDocument> | null = null;

/** What `/api/openapi.json` serves and `/docs/api` shows. */
export function openApiDocument(): ReturnType<typeof buildOpenApiDocument> {
  document ??= buildOpenApiDocument(MANAGEMENT_ROUTES, { version });
  return document;
}
