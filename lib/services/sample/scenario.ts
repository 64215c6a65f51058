/** What a month of a small company looks like: which keys it has, what they ask of which models, and what went wrong when. */

export interface SampleKey {
  name: string;
  feature: string;
  team: string;
  /** Share of all calls. */
  share: number;
  /** Calls by hour of the day, UTC, relative to each other. */
  hours: readonly number[];
}

export interface SampleTarget {
  model: string;
  provider: string;
  /** Where the catalogue keeps its price. */
  adapter: string;
  /** Milliseconds to the first token, and tokens a second after it, at the median. */
  ttftMs: number;
  tokensPerSecond: number;
  reasons: boolean;
}

export interface SampleAlias {
  name: string;
  share: number;
  primary: SampleTarget;
  fallback: SampleTarget;
  /** Median tokens. */
  input: number;
  output: number;
}

const OFFICE = [1, 1, 1, 1, 2, 3, 6, 14, 26, 34, 38, 36, 30, 34, 38, 36, 30, 22, 14, 9, 6, 4, 3, 2];
const SUPPORT = [8, 6, 5, 5, 6, 9, 14, 20, 26, 28, 28, 26, 24, 25, 27, 28, 26, 24, 22, 20, 18, 16, 13, 10];
const NIGHT = [30, 46, 60, 40, 12, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 18];

export const SAMPLE_KEYS: readonly SampleKey[] = [
  { name: 'Web app', feature: 'search', team: 'product', share: 0.5, hours: OFFICE },
  { name: 'Support bot', feature: 'support', team: 'care', share: 0.32, hours: SUPPORT },
  { name: 'Nightly batch', feature: 'summaries', team: 'data', share: 0.18, hours: NIGHT },
];

/** A fourth feature shares the first key, so that a feature and a key are not the same thing. */
export const SECOND_FEATURE = { key: 'Web app', feature: 'code-review', share: 0.3 };

const deepseekFlash: SampleTarget = { model: 'deepseek-flash', provider: 'deepseek', adapter: 'deepseek', ttftMs: 320, tokensPerSecond: 120, reasons: false };
const deepseekPro: SampleTarget = { model: 'deepseek-v4-pro', provider: 'deepseek', adapter: 'deepseek', ttftMs: 900, tokensPerSecond: 62, reasons: true };
const qwenPlus: SampleTarget = { model: 'qwen3.7-plus', provider: 'qwen', adapter: 'qwen', ttftMs: 460, tokensPerSecond: 88, reasons: false };
const kimi: SampleTarget = { model: 'kimi-k3', provider: 'kimi', adapter: 'kimi', ttftMs: 1_400, tokensPerSecond: 54, reasons: false };
const glm: SampleTarget = { model: 'glm-5.2', provider: 'glm', adapter: 'glm', ttftMs: 700, tokensPerSecond: 70, reasons: true };
const gpt: SampleTarget = { model: 'gpt-5.4', provider: 'openai', adapter: 'openai', ttftMs: 640, tokensPerSecond: 96, reasons: true };

export const SAMPLE_ALIASES: readonly SampleAlias[] = [
  { name: 'fast-chat', share: 0.46, primary: deepseekFlash, fallback: qwenPlus, input: 620, output: 180 },
  { name: 'zh-business', share: 0.2, primary: qwenPlus, fallback: glm, input: 1_100, output: 320 },
  { name: 'code-reasoner', share: 0.16, primary: deepseekPro, fallback: qwenPlus, input: 3_800, output: 950 },
  { name: 'long-context', share: 0.08, primary: kimi, fallback: glm, input: 42_000, output: 700 },
  { name: 'advanced-reasoning', share: 0.1, primary: gpt, fallback: deepseekPro, input: 2_400, output: 1_200 },
];

export const SAMPLE_USERS = ['alice', 'bruno', 'chen.jie', 'dana', 'emeka', 'fatima', 'goran', 'hana', 'li.na', 'maria', 'omar', 'wang.wei'];

/** Counted back from today. */
export const SPIKE_DAY = 6;
export const OUTAGE = { day: 12, provider: 'deepseek', fromHour: 9, toHour: 14 };

export interface SampleTalk {
  alias: string;
  prompt: string;
  answer: string;
}

export const SAMPLE_TALKS: readonly SampleTalk[] = [
  {
    alias: 'fast-chat',
    prompt: 'Rewrite as a friendly one-line reply: the parcel left our warehouse on Tuesday and arrives on Friday.',
    answer: 'Good news: your parcel left us on Tuesday and should be with you on Friday!',
  },
  {
    alias: 'fast-chat',
    prompt: 'Which plan fits a team of twelve that needs audit logs?',
    answer: 'The Business plan: it covers up to 25 people and is the first one with audit logs.',
  },
  {
    alias: 'zh-business',
    prompt: '请把下面的内容改写成正式的商务邮件：我们下周三上午十点开会，讨论第四季度的预算。',
    answer: '尊敬的各位同事：\n\n谨定于下周三上午十点召开会议，讨论第四季度预算事宜，敬请准时参加。如有议题建议，请于会前一日回复。\n\n此致\n敬礼',
  },
  {
    alias: 'zh-business',
    prompt: '用两句话总结这份合同的付款条款。',
    answer: '合同签订后七个工作日内支付总价的 30% 作为预付款。其余款项在验收合格后三十日内一次付清，逾期按日万分之五计算违约金。',
  },
  {
    alias: 'code-reasoner',
    prompt: 'Why does this query lock the whole table?\n\nUPDATE orders SET state = $1 WHERE lower(email) = $2;',
    answer: 'It does not lock the table, but it reads all of it: there is no index on lower(email), so every row is visited and each matching one is locked while you wait. Create an index on (lower(email)) and it touches only the rows it changes.',
  },
  {
    alias: 'long-context',
    prompt: 'Here is the interview, about 40 pages. List the five requests that came up most often, with the number of people who made each.',
    answer: '1. Export to spreadsheet (14 people)\n2. Offline mode (11)\n3. Shared folders (9)\n4. Faster search (8)\n5. Keyboard shortcuts (6)',
  },
  {
    alias: 'advanced-reasoning',
    prompt: 'A warehouse ships from three docks. Dock A takes 4 minutes a truck, B 6, C 12. Trucks arrive every 2 minutes. Does the queue grow?',
    answer: 'Together the docks finish 1/4 + 1/6 + 1/12 = 1/2 truck a minute, which is exactly the rate of arrival. With any variation at all the queue grows without bound: at 100 % load there is no slack to catch up.',
  },
];
