import { useTranslations } from 'next-intl';
import { ProviderMark } from '@/components/patterns/provider-mark';

const PROVIDERS = [
  { adapter: 'openai', name: 'OpenAI' },
  { adapter: 'deepseek', name: 'DeepSeek' },
  { adapter: 'qwen', name: 'Qwen' },
  { adapter: 'kimi', name: 'Kimi' },
  { adapter: 'glm', name: 'GLM' },
  { adapter: 'doubao', name: 'Doubao' },
];

const ROW = 28;
const HEIGHT = PROVIDERS.length * ROW;
const MIDDLE = HEIGHT / 2;
/** Where the ring stands, in hundredths of the width. */
const RING = 64;

/** The mark, told at length: many providers enter one ring and leave as one line to the reader's program. */
export function Lines() {
  const t = useTranslations('site');
  return (
    <figure aria-label={t('lines.label')} className="grid grid-cols-[auto_minmax(80px,1fr)_auto] items-center">
      <ul className="grid" style={{ gridAutoRows: ROW }}>
        {PROVIDERS.map(({ adapter, name }) => (
          <li key={adapter} className="flex items-center gap-2 pr-3 text-sm text-muted-foreground">
            <ProviderMark adapter={adapter} className="size-4" />
            {name}
          </li>
        ))}
      </ul>
      <div aria-hidden className="relative text-primary" style={{ height: HEIGHT }}>
        {/* Stretched to the width there is; the ring keeps its shape, so it is drawn apart. */}
        <svg
          viewBox={`0 0 100 ${HEIGHT}`}
          preserveAspectRatio="none"
          className="absolute inset-0 size-full"
          fill="none"
          stroke="currentColor"
          strokeWidth={1.5}
        >
          {PROVIDERS.map(({ adapter }, index) => {
            const y = index * ROW + ROW / 2;
            const rim = MIDDLE + (y - MIDDLE) * 0.3;
            return <path key={adapter} d={`M0 ${y}C32 ${y} 38 ${rim} ${RING - 1} ${rim}`} vectorEffect="non-scaling-stroke" className="opacity-60" />;
          })}
          <path d={`M${RING + 1} ${MIDDLE}H100`} vectorEffect="non-scaling-stroke" strokeWidth={2} />
        </svg>
        <svg
          viewBox="0 0 32 80"
          className="absolute top-1/2 h-20 w-8 -translate-x-1/2 -translate-y-1/2"
          style={{ left: `${RING}%` }}
          stroke="currentColor"
          strokeWidth={2.5}
        >
          <ellipse cx="16" cy="40" rx="13" ry="37" className="fill-background" />
        </svg>
      </div>
      <div className="pl-3">
        <p className="figures text-sm">sk-fl-…</p>
        <p className="text-xs text-muted-foreground">{t('lines.yours')}</p>
      </div>
    </figure>
  );
}
