import { useTranslations } from 'next-intl';
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert';

/** Says plainly when payments are simulated or off; nothing where Stripe is real. */
export function BillingNotice({ mode }: { mode: 'live' | 'simulator' | 'off' }) {
  const t = useTranslations('billing.notice');
  if (mode === 'live') return null;
  return (
    <Alert variant={mode === 'simulator' ? 'info' : 'warning'} className="mb-6">
      <AlertTitle>{t(`${mode}.title`)}</AlertTitle>
      <AlertDescription>{t(`${mode}.body`)}</AlertDescription>
    </Alert>
  );
}
