import { Info, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';

/** What the operator has to say to everybody, over every page. */
export function Announcement({ text, tone }: { text: string; tone: 'info' | 'warning' }) {
  const t = useTranslations('shell');
  if (text === '') return null;
  const Icon = tone === 'warning' ? TriangleAlert : Info;
  return (
    <aside aria-label={t('announcement')} aria-live="polite" className={tone === 'warning' ? 'bg-warning-soft' : 'bg-info-soft'}>
      <p className="mx-auto flex max-w-[1280px] items-start gap-2 px-4 py-2 text-sm">
        <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${tone === 'warning' ? 'text-warning' : 'text-info'}`} />
        {text}
      </p>
    </aside>
  );
}
