export { applyConfig } from './apply-config';
export type { Change, FieldChange, ItemType } from './diff-state';
export { exportConfig } from './export-config';
export type { ConfigIssue } from './issues';
export { planConfig } from './plan-config';
export type { ConfigInput } from './prepare-config';
export { renderPlan } from './render-plan';
export { type ConfigSurroundings, configSurroundings } from './surroundings';
