import type { ActionResult } from '@/lib/http/action';
import type { RouteTrace } from '@/lib/http/test-route';
import type { AliasDocument, TestRouteInput } from '@/lib/services/aliases';

export interface AliasActions {
  saveDraft: (input: { document: AliasDocument }) => Promise<ActionResult<unknown>>;
  discardDraft: (input: { name: string }) => Promise<ActionResult<unknown>>;
  publish: (input: { name: string; note?: string }) => Promise<ActionResult<{ version: number }>>;
  rollBack: (input: { name: string; version: number }) => Promise<ActionResult<{ version: number }>>;
  testRoute: (input: TestRouteInput) => Promise<ActionResult<RouteTrace>>;
  remove: (input: { name: string }) => Promise<ActionResult<unknown>>;
}

export interface TargetChoice {
  id: string;
  kind: string;
  provider: string;
}

/** Alias names may hold slashes; each part of the path is one part of the name. */
export function aliasPath(name: string): string {
  return `/admin/aliases/${name.split('/').map(encodeURIComponent).join('/')}`;
}
