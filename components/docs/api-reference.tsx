import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';

interface Media {
  content?: Record<string, { schema?: object }>;
}

interface Operation {
  operationId: string;
  tags?: string[];
  summary?: string;
  description?: string;
  parameters?: { name: string; in: string; required?: boolean; schema?: { type?: string | string[]; description?: string } }[];
  requestBody?: Media;
  responses: Record<string, Media>;
}

/** The parts of our own OpenAPI document that are shown. */
export interface ReferenceDocument {
  info: { title: string; version: string; description?: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
}

/** The reference of the management API, drawn on the server from the served document: nothing is loaded from elsewhere. */
export function ApiReference({ document }: { document: ReferenceDocument }) {
  const t = useTranslations('docs.api');
  const operations = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })));
  const tags = [...new Set(operations.map(({ operation }) => operation.tags?.[0] ?? ''))];
  return (
    <>
      <h1 className="text-2xl font-semibold">{t('title')}</h1>
      <div lang="en" className="mt-2 mb-4 grid max-w-[76ch] gap-2 text-muted-foreground">
        {(document.info.description ?? '').split('\n\n').map((paragraph) => (
          <p key={paragraph} className="break-words">
            {paragraph}
          </p>
        ))}
      </div>
      <p className="mb-8">
        <a href="/api/openapi.json" className="text-primary underline underline-offset-4">
          {t('download')}
        </a>
      </p>
      {tags.map((tag) => (
        <section key={tag} aria-labelledby={`tag-${tag}`} className="mb-8">
          <h2 id={`tag-${tag}`} className="mb-3 font-mono text-lg font-semibold">
            /{tag}
          </h2>
          <div className="grid gap-2">
            {operations
              .filter(({ operation }) => operation.tags?.[0] === tag)
              .map(({ path, method, operation }) => (
                <Endpoint key={operation.operationId} path={path} method={method} operation={operation} />
              ))}
          </div>
        </section>
      ))}
      <section aria-labelledby="schemas">
        <h2 id="schemas" className="mb-3 text-lg font-semibold">
          {t('schemas')}
        </h2>
        <div className="grid gap-2">
          {Object.entries(document.components.schemas).map(([name, schema]) => (
            <details key={name} id={`schema-${name}`} className="rounded-lg border bg-surface p-3">
              <summary className="cursor-pointer font-mono text-sm">{name}</summary>
              <Schema label={name} schema={schema} />
            </details>
          ))}
        </div>
      </section>
    </>
  );
}

function Endpoint({ path, method, operation }: { path: string; method: string; operation: Operation }) {
  const t = useTranslations('docs.api');
  const [status, success] = Object.entries(operation.responses).find(([code]) => code.startsWith('2')) ?? ['', {}];
  const body = schemaOf(operation.requestBody);
  const answer = schemaOf(success);
  return (
    <details id={operation.operationId} className="rounded-lg border bg-surface p-3">
      <summary className="cursor-pointer">
        <span className="inline-flex max-w-full flex-wrap items-center gap-2 align-middle">
          <Badge variant={method === 'GET' ? 'info' : method === 'DELETE' ? 'danger' : 'primary'}>{method}</Badge>
          <code className="font-mono text-sm break-all">/api/v1{path}</code>
          <span lang="en" className="text-sm text-muted-foreground">
            {operation.summary}
          </span>
        </span>
      </summary>
      <p lang="en" className="mt-3 text-sm">
        {operation.description}
      </p>
      {operation.parameters && operation.parameters.length > 0 && (
        <>
          <p className="mt-3 text-sm font-medium">{t('parameters')}</p>
          <ul className="text-sm">
            {operation.parameters.map((parameter) => (
              <li key={`${parameter.in}-${parameter.name}`}>
                <code className="font-mono">{parameter.name}</code> <span className="text-muted-foreground">{[parameter.in, parameter.required && t('required')].filter(Boolean).join(', ')}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {body && (
        <>
          <p className="mt-3 text-sm font-medium">{t('body')}</p>
          <Schema label={`${method} ${path} ${t('body')}`} schema={body} />
        </>
      )}
      {answer && (
        <>
          <p className="mt-3 text-sm font-medium">{t('responds', { status })}</p>
          <Schema label={`${method} ${path} ${status}`} schema={answer} />
        </>
      )}
    </details>
  );
}

function Schema({ label, schema }: { label: string; schema: object }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a block that scrolls must be reachable by keyboard
    <pre tabIndex={0} role="region" aria-label={label} className="mt-2 max-h-96 overflow-auto rounded-md border bg-background p-3 text-xs">
      {JSON.stringify(schema, null, 2)}
    </pre>
  );
}

function schemaOf(media: Media | undefined): object | undefined {
  return Object.values(media?.content ?? {})[0]?.schema;
}
