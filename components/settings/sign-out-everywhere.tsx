import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Card, CardContent, CardTitle } from '@/components/ui/card';

export function SignOutEverywhere({ signOut }: { signOut: () => Promise<void> }) {
  const t = useTranslations('settings.security');
  return (
    <Card>
      <CardContent className="flex flex-wrap items-center justify-between gap-3">
        <div>
          <CardTitle>{t('sessions')}</CardTitle>
          <p className="mt-1 text-sm text-muted-foreground">{t('sessionsHint')}</p>
        </div>
        <form action={signOut}>
          <Button type="submit" variant="outline">
            {t('everywhere')}
          </Button>
        </form>
      </CardContent>
    </Card>
  );
}
