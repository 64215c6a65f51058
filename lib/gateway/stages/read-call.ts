import { codecOf } from '@/lib/surfaces';
import type { WireCall } from '@/lib/providers/contract';
import { applyPreset } from '../apply-preset';
import { readAttribution } from '../attribution';
import { type GatewayDeps, MAX_BODY_BYTES } from '../deps';
import { headerOf } from '../exchange';
import { learn } from '../learn';
import type { Called, Identified } from '../types';

/** Reads and validates the body: only once the caller is known. Throws `request_too_large`, `invalid_json`, `invalid_request`. */
export async function readCall(deps: GatewayDeps, identified: Identified): Promise<Called> {
  const bodyBytes = await identified.exchange.readBody(MAX_BODY_BYTES);
  const parsed = codecOf(identified.surface).parse(bodyBytes, headerOf(identified.exchange, 'content-type'));
  const call: WireCall = { ...parsed, headers: identified.exchange.headers };
  const preset = await applyPreset(deps, identified, call);
  const attribution = readAttribution(identified.exchange, call.body, identified.caller.key.tags);
  if (!preset) return learn(identified, { call, bodyBytes, requestedModel: String(call.body.model), preset, attribution });
  return learn(identified, {
    call: preset.call,
    bodyBytes,
    requestedModel: preset.model,
    preset: { name: preset.name, loggedBytes: call.upload ? bodyBytes : Buffer.from(JSON.stringify(preset.call.body)) },
    attribution: { ...attribution, tags: { ...attribution.tags, preset: preset.name } },
  });
}
