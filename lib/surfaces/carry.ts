import type { Adapter, Surface, WireCall } from '@/lib/providers/contract';
import { surfacesOf } from '@/lib/providers/registry';
import type { Carried, ChatTarget, SurfaceCodec } from './contract';

/** Whether a provider can serve a surface at all, in its own family or through chat. */
export function carries(codec: SurfaceCodec, adapter: Adapter): boolean {
  return speaks(adapter, codec.surface) || (codec.toChat !== undefined && speaks(adapter, 'chat'));
}

/** The call as a provider takes it. Ask `carries` first. Throws `unsupported_parameter` when chat cannot say what the client asked. */
export function carry(codec: SurfaceCodec, call: WireCall, adapter: Adapter, target: ChatTarget): Carried {
  if (codec.toChat === undefined || speaks(adapter, codec.surface)) return { call, native: true, notes: [] };
  return { ...codec.toChat(call, target), native: false };
}

function speaks(adapter: Adapter, surface: Surface): boolean {
  return surfacesOf(adapter).includes(surface);
}
