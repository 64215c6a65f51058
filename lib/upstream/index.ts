export { assertPublicHost, guardedLookup, isPrivateAddress } from './address';
export { callUpstream, type UpstreamCall, type UpstreamHeaders, type UpstreamRequest, type UpstreamSink } from './call-upstream';
export { type ConnectionTest, listUpstreamModels } from './list-upstream-models';
export { createZstdDecompress } from './zstd';
export { createUpstreamPools, type UpstreamPools } from './pools';
