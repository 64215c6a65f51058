import { useTranslations } from 'next-intl';
import { PageHeader } from '@/components/patterns/page-header';
import { Forbidden } from '@/components/patterns/states';

/** The logs for a role that may not read them. */
export function MissingRight({ need, who }: { need: string; who: string[] }) {
  const t = useTranslations('logs');
  return (
    <>
      <PageHeader title={t('title')} />
      <Forbidden need={need} who={who} />
    </>
  );
}
