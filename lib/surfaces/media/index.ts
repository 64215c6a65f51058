import { rewriteModel } from '@/lib/providers/dialects/openai-chat';
import type { ModelKind, SurfaceCodec } from '../contract';
import { parseImages, parseModerations, parseRerank, parseSpeech, parseTranscriptions } from './parse';

function wholeSurface(surface: SurfaceCodec['surface'], kind: ModelKind, parse: SurfaceCodec['parse'], opaque = false): SurfaceCodec {
  return {
    surface,
    kind,
    parse,
    opaque,
    stream() {
      throw new RangeError(`${surface} has no event stream of ours`);
    },
    // Many of these answers name no model; only one that does gets ours.
    whole: (reply, { model }) => (reply.json.model === undefined ? reply.frame : rewriteModel(reply.frame, reply.json, model)),
  };
}

/** `/v1/images/generations`: whole, or as the provider's own events with partial images. */
export const images = wholeSurface('images', 'image', parseImages, true);
/** `/v1/audio/speech`: the sound, byte for byte as it comes. */
export const speech = wholeSurface('speech', 'audio', parseSpeech, true);
/** `/v1/audio/transcriptions`: JSON, plain text or subtitles, as asked. */
export const transcriptions = wholeSurface('transcriptions', 'audio', parseTranscriptions, true);
/** `/v1/moderations` */
export const moderations = wholeSurface('moderations', 'moderation', parseModerations);
/** `/v1/rerank` */
export const rerank = wholeSurface('rerank', 'rerank', parseRerank);
