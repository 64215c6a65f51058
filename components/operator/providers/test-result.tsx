'use client';

import { useTranslations } from 'next-intl';
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert';
import { duration } from '@/lib/format/duration';
import type { TestedConnection } from '@/lib/services/operator/providers/test-connection';

/** What a test said, and what to do when it failed. */
export function TestResult({ result }: { result: TestedConnection }) {
  const t = useTranslations('operatorProviders.test');
  const took = duration(result.latencyMs);
  if (result.ok)
    return (
      <Alert variant={result.models ? 'success' : 'warning'} role="status">
        <AlertTitle>{result.models ? t('works', { count: result.models.length, took }) : t('noList', { took })}</AlertTitle>
        {!result.models && <AlertDescription>{t('noListHint')}</AlertDescription>}
      </Alert>
    );
  return (
    <Alert variant="danger">
      <AlertTitle>{t(`failed.${result.reason}`, { status: result.status ?? 0 })}</AlertTitle>
      <AlertDescription className="break-words">
        {result.message}
        <span className="mt-1 block">{t(`fix.${result.reason}`)}</span>
      </AlertDescription>
    </Alert>
  );
}
