import { FileQuestion } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { PageHeader } from '@/components/patterns/page-header';
import { EmptyState } from '@/components/patterns/states';

export default function NotFound() {
  const t = useTranslations('shell.notFound');
  return (
    <>
      <PageHeader title={t('title')} />
      <EmptyState icon={FileQuestion} title="404" why={t('body')} />
    </>
  );
}
