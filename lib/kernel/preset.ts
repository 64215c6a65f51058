/** Where a call names a preset instead of a model: `preset/support`, or `preset/support@2` for one version of it. */
export const PRESET_PREFIX = 'preset/';

/** What a preset sets besides its model and system prompt: texts as the playground holds them, empty where it sets nothing. */
export interface PresetTexts {
  temperature: string;
  topP: string;
  maxTokens: string;
  /** A JSON list of tools, as a chat call takes them. */
  tools: string;
  json: boolean;
}

/** The fields of a chat call that these texts stand for. */
export interface PresetFields {
  temperature?: number;
  top_p?: number;
  max_tokens?: number;
  tools?: unknown[];
  response_format?: { type: 'json_object' };
}

/** Which of the texts cannot be sent as typed; null when all can. */
export function findPresetFault(texts: PresetTexts): keyof PresetTexts | null {
  if (!isNumber(texts.temperature, 0, 2)) return 'temperature';
  if (!isNumber(texts.topP, 0, 1)) return 'topP';
  if (texts.maxTokens.trim() !== '' && !/^[1-9]\d{0,8}$/.test(texts.maxTokens.trim())) return 'maxTokens';
  if (texts.tools.trim() !== '' && !Array.isArray(parse(texts.tools))) return 'tools';
  return null;
}

/** Reads texts that `findPresetFault` found nothing in. */
export function presetFields({ temperature, topP, maxTokens, tools, json }: PresetTexts): PresetFields {
  return {
    ...(temperature.trim() === '' ? {} : { temperature: Number(temperature) }),
    ...(topP.trim() === '' ? {} : { top_p: Number(topP) }),
    ...(maxTokens.trim() === '' ? {} : { max_tokens: Number(maxTokens) }),
    ...(tools.trim() === '' ? {} : { tools: parse(tools) as unknown[] }),
    ...(json ? { response_format: { type: 'json_object' as const } } : {}),
  };
}

function isNumber(text: string, min: number, max: number): boolean {
  if (text.trim() === '') return true;
  const value = Number(text);
  return Number.isFinite(value) && value >= min && value <= max;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
