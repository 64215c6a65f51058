/** Where a client is pointed: the base URL with `/v1`, a key (or the variable that holds it), and a model to start with. */
export interface ClientTarget {
  baseUrl: string;
  key: string;
  model: string;
}

export interface ClientSetup {
  label: string;
  /** The settings as a person copies them. */
  settings(target: ClientTarget): string;
  note?: string;
}

/** Settings as each client documents them. Claude Code speaks Messages, Codex speaks Responses, all others chat completions. */
export const CLIENTS: Record<string, ClientSetup> = {
  'ai-sdk': {
    label: 'Vercel AI SDK',
    settings: ({ baseUrl, key, model }) => `// npm install ai @ai-sdk/openai-compatible
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { generateText } from 'ai';

const fairlead = createOpenAICompatible({ name: 'fairlead', baseURL: '${baseUrl}', apiKey: '${key}' });
const { text } = await generateText({ model: fairlead('${model}'), prompt: 'Hello' });`,
  },
  'claude-code': {
    label: 'Claude Code',
    settings: ({ baseUrl, key, model }) => `export ANTHROPIC_BASE_URL=${baseUrl.replace(/\/v1$/, '')}
export ANTHROPIC_AUTH_TOKEN=${key}
export ANTHROPIC_API_KEY=""
export ANTHROPIC_MODEL=${model}
export ANTHROPIC_DEFAULT_HAIKU_MODEL=${model}
claude`,
    note: 'The base URL has no /v1 here: Claude Code adds it.',
  },
  cline: {
    label: 'Cline',
    settings: ({ baseUrl, key, model }) => `API Provider:  OpenAI Compatible
Base URL:      ${baseUrl}
API Key:       ${key}
Model ID:      ${model}`,
  },
  codex: {
    label: 'Codex',
    settings: ({ baseUrl, key, model }) => `# ~/.codex/config.toml
model = "${model}"
model_provider = "fairlead"

[model_providers.fairlead]
name = "Fairlead"
base_url = "${baseUrl}"
env_key = "FAIRLEAD_API_KEY"
wire_api = "responses"

# and in your shell
export FAIRLEAD_API_KEY=${key}`,
  },
  cursor: {
    label: 'Cursor',
    settings: ({ baseUrl, key, model }) => `Cursor Settings → Models → API Keys
OpenAI API Key:            ${key}
Override OpenAI Base URL:  ${baseUrl}
Add custom model:          ${model}`,
    note: 'Cursor calls from its own servers, so the base URL has to be public HTTPS.',
  },
  langchain: {
    label: 'LangChain',
    settings: ({ baseUrl, key, model }) => `# Python: pip install langchain-openai
from langchain_openai import ChatOpenAI
llm = ChatOpenAI(model="${model}", base_url="${baseUrl}", api_key="${key}", stream_usage=True)

// JavaScript: npm install @langchain/openai
import { ChatOpenAI } from '@langchain/openai';
const llm = new ChatOpenAI({ model: '${model}', apiKey: '${key}', configuration: { baseURL: '${baseUrl}' } });`,
  },
  n8n: {
    label: 'n8n',
    settings: ({ baseUrl, key, model }) => `Credentials → New → OpenAI
API Key:   ${key}
Base URL:  ${baseUrl}

In the "OpenAI Chat Model" node: Model → By ID → ${model}, and "Use Responses API" off.`,
  },
  openai: {
    label: 'OpenAI SDK',
    settings: ({ baseUrl, key, model }) => `# Python: pip install openai
from openai import OpenAI
client = OpenAI(base_url="${baseUrl}", api_key="${key}")
print(client.chat.completions.create(model="${model}", messages=[{"role": "user", "content": "Hello"}]).choices[0].message.content)

// TypeScript: npm install openai
import OpenAI from 'openai';
const client = new OpenAI({ baseURL: '${baseUrl}', apiKey: '${key}' });
const answer = await client.chat.completions.create({ model: '${model}', messages: [{ role: 'user', content: 'Hello' }] });`,
  },
  opencode: {
    label: 'opencode',
    settings: ({ baseUrl, key, model }) =>
      JSON.stringify(
        {
          $schema: 'https://opencode.ai/config.json',
          provider: { fairlead: { npm: '@ai-sdk/openai-compatible', name: 'Fairlead', options: { baseURL: baseUrl, apiKey: key }, models: { [model]: {} } } },
          model: `fairlead/${model}`,
        },
        null,
        2,
      ),
    note: 'This is opencode.json in your project.',
  },
  'open-webui': {
    label: 'Open WebUI',
    settings: ({ baseUrl, key }) => `OPENAI_API_BASE_URL=${baseUrl}
OPENAI_API_KEY=${key}
ENABLE_OLLAMA_API=false`,
    note: 'Environment of the container. Its background tasks (titles, tags) call models too; choose a cheap one under Admin Settings → Interface.',
  },
  'qwen-code': {
    label: 'Qwen Code',
    settings: ({ baseUrl, key, model }) => `export OPENAI_BASE_URL=${baseUrl}
export OPENAI_API_KEY=${key}
export OPENAI_MODEL=${model}
qwen --auth-type openai`,
  },
};
