import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Marked } from '@/components/patterns/snippet-tabs';
import { writeSnippet } from '@/components/patterns/snippets';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import { Lines } from './lines';

const CLAIMS = ['one', 'open', 'hold'] as const;

/** The first screen: what it is, how it is called, three claims. */
export function Landing({ baseUrl, isSignedIn, product }: { baseUrl: string; isSignedIn: boolean; product: string }) {
  const t = useTranslations('site');
  const snippets = useTranslations('snippets');
  const code = writeSnippet('python', { baseUrl, apiKey: 'sk-fl-…', model: 'fast-chat', prompt: snippets('prompt') });
  return (
    <div className="grid gap-7 pt-4 pb-8 sm:pt-6">
      <section className="grid items-center gap-10 lg:grid-cols-[minmax(0,6fr)_minmax(0,5fr)]">
        <div>
          <h1 className="text-[clamp(28px,3.2vw,40px)] leading-[1.15] font-semibold tracking-tight">
            <span className="block">{t('headline.key')}</span>
            <span className="block">{t('headline.dollar')}</span>
          </h1>
          <p className="mt-5 max-w-[52ch] text-lg text-muted-foreground">{t('lead', { product })}</p>
          <div className="mt-7 flex flex-wrap items-center gap-3">
            <Button asChild size="lg">
              <Link href={isSignedIn ? '/welcome' : '/sign-up'}>
                {t('start')}
                <ArrowRight aria-hidden />
              </Link>
            </Button>
            <p className="text-sm text-muted-foreground">{t('startNote')}</p>
          </div>
        </div>
        <div className="min-w-0">
          <CodeBlock code={code} title="first_call.py" label={t('snippetLabel')}>
            <Marked code={code} />
          </CodeBlock>
          <dl className="figures mt-3 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 px-3 text-xs">
            {(['model', 'attempts', 'cost'] as const).map((name) => (
              <div key={name} className="contents">
                <dt className="text-muted-foreground">{t(`headers.${name}.name`)}</dt>
                <dd>{t(`headers.${name}.value`)}</dd>
              </div>
            ))}
          </dl>
        </div>
      </section>
      <Lines />
      <section aria-label={t('claims.label')} className="grid gap-8 border-t pt-6 md:grid-cols-3">
        {CLAIMS.map((claim) => (
          <div key={claim}>
            <h2 className="text-lg font-semibold">{t(`claims.${claim}.title`)}</h2>
            <p className="mt-1.5 text-base text-muted-foreground">{t(`claims.${claim}.body`)}</p>
          </div>
        ))}
      </section>
    </div>
  );
}
