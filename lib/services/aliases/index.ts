/**
 * Aliases as an operator works on them: draft → test → publish → roll back. All verbs take `{ctx: OperatorCtx, input}`.
 *
 * | verb | input | answers |
 * |---|---|---|
 * | `listAliases` | | every alias in force: `AliasJson[]` (document, version, whether a draft waits) |
 * | `getAlias` | `{name}` | the same with its draft, its versions (newest first) and `changes` between the two |
 * | `saveDraft` | `{document}` | the draft, checked against what exists; nothing is in force yet |
 * | `discardDraft` | `{name}` | nothing |
 * | `publishAlias` | `{name, note?}` | puts the draft in force within a second: `{version, changes}`; refused with `conflict` when the alias changed since the draft was begun |
 * | `rollBackAlias` | `{name, version}` | puts an earlier version in force again, as a new version |
 * | `deleteAlias` | `{name}` | takes it out of force; its versions stay |
 * | `compareTargets` | `{name, hours?}` | per target: attempts, error rate, time to first token, duration, tokens, cost per call; `canary` marks the one on trial |
 * | `listTargetHealth` | | breakers and credentials that are, or lately were, not healthy, as the processes share them |
 * | `TestRouteSchema` | `{alias? or draft?, request, …}` | the body of `internalPost('/routes/explain', …)` (lib/runtime/internal-socket): the decision trace, `RouteTrace` of lib/gateway, with no provider called |
 *
 * A document is an entry of `aliases:` in fairlead.yaml, so every field and every check is the same. `writeAlias` and the
 * trigger on the table keep a version for each write, also for those of `fairlead config apply`.
 */
export { type AliasDocument, AliasDocumentSchema, type AliasJson } from './alias-document';
export { compareTargets, type TargetComparison } from './compare-targets';
export { deleteAlias } from './delete-alias';
export { discardDraft } from './discard-draft';
export { type AliasDetail, getAlias } from './get-alias';
export { listAliases } from './list-aliases';
export { listTargetHealth, type TargetHealthJson } from './list-target-health';
export { publishAlias } from './publish-alias';
export { rollBackAlias } from './roll-back-alias';
export { saveDraft } from './save-draft';
export { type TestRouteInput, TestRouteSchema } from './test-route';
