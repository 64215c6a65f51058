export { isPrivateAddress } from './address';
export { callUpstream, type UpstreamCall, type UpstreamHeaders, type UpstreamRequest, type UpstreamSink } from './call-upstream';
export { createUpstreamPools, type UpstreamPools } from './pools';
