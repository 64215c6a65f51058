/** How a kind of channel is reached here. */
export interface ChannelType {
  adapter: string;
  /** The address, or the adapter's endpoint by name; absent: the adapter's own. */
  base?: string;
  /** What follows the root that the channel's `base_url` names; both products add the version themselves. */
  suffix?: string;
}

const OPENAI_LIKE = 'openai-compatible';
const compatible = (base?: string): ChannelType => ({ adapter: OPENAI_LIKE, suffix: '/v1', ...(base === undefined ? {} : { base }) });

/** Numbers that mean the same in both. */
const COMMON: Readonly<Record<number, ChannelType>> = {
  1: { adapter: 'openai', suffix: '/v1' },
  3: { adapter: 'azure-openai', suffix: '/openai/v1' },
  6: compatible('https://api.openaimax.com/v1'),
  7: compatible('https://api.ohmygpt.com/v1'),
  8: { adapter: OPENAI_LIKE },
  10: compatible('https://api.aiproxy.io/v1'),
  12: compatible('https://api.api2gpt.com/v1'),
  13: compatible('https://api.aigc2d.com/v1'),
  14: { adapter: 'anthropic' },
  16: { adapter: 'glm', base: 'cn', suffix: '/api/paas/v4' },
  17: { adapter: 'qwen', base: 'cn', suffix: '/compatible-mode/v1' },
  19: compatible('https://api.360.cn/v1'),
  20: { adapter: 'openrouter', suffix: '/v1' },
  24: { adapter: 'gemini' },
  25: { adapter: 'kimi', base: 'cn', suffix: '/v1' },
  31: compatible('https://api.lingyiwanwu.com/v1'),
};

/** `constant/channel.go` of github.com/QuantumNous/new-api, read 2026-11-25. */
export const NEW_API_TYPES: Readonly<Record<number, ChannelType>> = {
  ...COMMON,
  4: { adapter: 'ollama', suffix: '/v1' },
  26: { adapter: 'glm', base: 'cn', suffix: '/api/paas/v4' },
  27: { adapter: OPENAI_LIKE, base: 'https://api.perplexity.ai' },
  34: { adapter: 'cohere', suffix: '/compatibility/v1' },
  35: { adapter: 'minimax', base: 'cn', suffix: '/v1' },
  38: compatible('https://api.jina.ai/v1'),
  40: { adapter: 'siliconflow', base: 'cn', suffix: '/v1' },
  42: { adapter: 'mistral', suffix: '/v1' },
  43: { adapter: 'deepseek' },
  44: compatible('https://api.moka.ai/v1'),
  45: { adapter: 'doubao', base: 'cn', suffix: '/api/v3' },
  46: { adapter: OPENAI_LIKE, base: 'https://qianfan.baidubce.com/v2', suffix: '/v2' },
  47: compatible(),
  48: { adapter: 'xai', suffix: '/v1' },
  53: compatible('https://llm.submodel.ai/v1'),
};

/** `relay/channeltype/define.go` of github.com/songquanpeng/one-api, read 2026-11-25: from 26 on the numbers differ. */
export const ONE_API_TYPES: Readonly<Record<number, ChannelType>> = {
  ...COMMON,
  4: compatible('https://api.closeai-proxy.xyz/v1'),
  5: compatible('https://api.openai-sb.com/v1'),
  26: compatible('https://api.baichuan-ai.com/v1'),
  27: { adapter: 'minimax', base: 'cn', suffix: '/v1' },
  28: { adapter: 'mistral', suffix: '/v1' },
  29: { adapter: 'groq', suffix: '/v1' },
  30: { adapter: 'ollama', suffix: '/v1' },
  32: compatible('https://api.stepfun.com/v1'),
  35: { adapter: 'cohere', suffix: '/compatibility/v1' },
  36: { adapter: 'deepseek' },
  39: { adapter: 'together', suffix: '/v1' },
  40: { adapter: 'doubao', base: 'cn', suffix: '/api/v3' },
  41: { adapter: OPENAI_LIKE, base: 'https://api.novita.ai/v3/openai', suffix: '' },
};

/** Channels whose names a person knows better than their numbers, for what is not taken. */
export const OTHER_CHANNELS: Readonly<Record<number, string>> = {
  2: 'Midjourney',
  5: 'Midjourney',
  11: 'PaLM',
  15: 'Baidu (access token)',
  18: 'iFlytek Spark',
  22: 'FastGPT',
  23: 'Tencent (signed)',
  33: 'AWS (signed)',
  36: 'Suno',
  37: 'Dify',
  39: 'Cloudflare',
  41: 'Vertex AI (service account)',
  49: 'Coze',
  50: 'Kling',
  51: 'Jimeng',
  52: 'Vidu',
  54: 'Doubao video',
  55: 'Sora',
  56: 'Replicate',
  57: 'Codex',
};

/** The address that a channel's `base_url` means here, or null for the adapter's own. Undefined: there has to be one. */
export function channelAddress(type: ChannelType, baseUrl: string | undefined): string | null | undefined {
  const root = baseUrl?.replace(/\/+$/, '');
  if (root === undefined || root === '') return type.base ?? (type.adapter === OPENAI_LIKE || type.adapter === 'azure-openai' ? undefined : null);
  const whole = root.replace(/\/chat\/completions$/, '');
  if (whole !== root || /\/v\d+(beta)?$/.test(root)) return whole;
  return `${root}${type.suffix ?? ''}`;
}
