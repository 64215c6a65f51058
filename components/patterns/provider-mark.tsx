import { Plug } from 'lucide-react';
import { Mark } from '@/components/shell/mark';
import { cn } from '@/components/ui/cn';

/** Files in public/providers, named by the adapter's id. */
const MARKS = new Set(
  'anthropic azure-openai bedrock cohere deepseek doubao fireworks gemini glm groq kimi minimax mistral ollama openai openrouter qwen siliconflow together vertex vllm xai'.split(
    ' ',
  ),
);

/** A provider's mark in the colour of the text around it. Decorative: the provider's name stands beside it. */
export function ProviderMark({ adapter, className }: { adapter: string; className?: string }) {
  const classes = cn('size-4 shrink-0', className);
  if (adapter === 'demo') return <Mark className={classes} />;
  const known = adapter === 'anthropic-compatible' ? 'anthropic' : adapter;
  if (!MARKS.has(known)) return <Plug aria-hidden className={classes} />;
  const image = `url(/providers/${known}.svg)`;
  return (
    <span
      aria-hidden
      className={cn('inline-block bg-current', classes)}
      style={{ maskImage: image, maskSize: 'contain', maskRepeat: 'no-repeat', maskPosition: 'center' }}
    />
  );
}
