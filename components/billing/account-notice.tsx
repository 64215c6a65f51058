import { useTranslations } from 'next-intl';
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert';

interface AccountNoticeProps {
  state: string;
  /** When grace ends, written for the reader. */
  until: string | null;
  payUrl: string | null;
}

/** Says what is wrong with payments and what helps; nothing while all is well. */
export function AccountNotice({ state, until, payUrl }: AccountNoticeProps) {
  const t = useTranslations('billingMore.state');
  if (state !== 'grace' && state !== 'restricted' && state !== 'suspended') return null;
  return (
    <Alert variant={state === 'grace' ? 'warning' : 'danger'} className="mb-6">
      <AlertTitle>{t(`${state}.title`)}</AlertTitle>
      <AlertDescription>
        {t(`${state}.body`, { until: until ?? '' })}{' '}
        {payUrl && (
          <a href={payUrl} rel="noreferrer" className="text-primary underline underline-offset-4">
            {t('pay')}
          </a>
        )}
      </AlertDescription>
    </Alert>
  );
}
