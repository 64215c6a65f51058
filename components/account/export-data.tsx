import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Card, CardContent, CardTitle } from '@/components/ui/card';

/** All that is kept about the reader, as a file. */
export function ExportData() {
  const t = useTranslations('account.export');
  return (
    <Card>
      <CardContent className="flex flex-wrap items-center justify-between gap-3">
        <div className="max-w-[56ch]">
          <CardTitle>{t('title')}</CardTitle>
          <p className="mt-1 text-sm text-muted-foreground">{t('hint')}</p>
        </div>
        <Button asChild variant="outline">
          <a href="/api/console/account/export" download>
            {t('action')}
          </a>
        </Button>
      </CardContent>
    </Card>
  );
}
