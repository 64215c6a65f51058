export { type AllowVerdict, explainName, explainTarget, type Layer, type LayerName, layersOf, matchesPattern, ownLayers } from './allow';
export { factsOf } from './model-facts';
export { isCondition, matchesModel, type ModelFacts } from './rules';
export { cardAt } from './card-at';
export { compileAlias } from './compile-alias';
export { DEFAULT_BREAKER, DEFAULT_TIMEOUTS, percentToPpm } from './load-policy';
export { type PolicyStore, startPolicyStore } from './policy-store';
export type * from './types';
export { safetyName } from './safety-name';
