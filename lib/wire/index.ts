export { isObject, type JsonObject, type Surface, type WireCall } from './call';
export { inputBoundOf, outputBoundOf, outputLimitOf } from './call-bounds';
export { parseBody } from './chat-request';
export { checkBoolean, checkObject, checkObjects, checkPositive, checkText, empty, malformed, missing, parseJson, requireText, wrongType } from './checks';
export { type CardCover, findUnboundedCostField } from './cost-fields';
export { anthropicErrorBody, errorBody, type RenderedError, renderError } from './errors';
export { type AnthropicPage, anthropicModel, anthropicModelList, type ModelFacts, openAiModel, openAiModelList } from './models';
export { SSE_DONE, SSE_KEEP_ALIVE, SseParser, sseFrame, sseNamedFrame } from './sse';
export { boundInput, boundOutput, clientOutputLimit, DEFAULT_OUTPUT_BOUND } from './token-bounds';
