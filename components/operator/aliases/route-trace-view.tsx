import { useTranslations } from 'next-intl';
import { LeftOutList } from '@/components/request-detail/left-out-list';
import { useRoutingWords } from '@/components/request-detail/use-routing-words';
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import type { RouteTrace } from '@/lib/http/test-route';

/** The decision for one request: who would be asked in which order and why, and who would not. */
export function RouteTraceView({ trace }: { trace: RouteTrace }) {
  const t = useTranslations('operatorAliases.test');
  const words = useRoutingWords();
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 border-t pt-4">
      {trace.error && (
        <Alert variant="danger">
          <AlertTitle>{t('refused', { code: trace.error.code })}</AlertTitle>
          <AlertDescription>{trace.error.message}</AlertDescription>
        </Alert>
      )}
      {trace.steps.length > 0 && (
        <>
          <p className="text-sm text-muted-foreground">{t('facts', { tokens: trace.facts.input_tokens, plan: trace.plan })}</p>
          <Table aria-label={t('order')}>
            <TableHeader>
              <TableRow className="hover:bg-transparent">
                <TableHead numeric>#</TableHead>
                <TableHead>{t('target')}</TableHead>
                <TableHead>{t('why')}</TableHead>
                <TableHead>{t('credentials')}</TableHead>
                <TableHead numeric>{t('cost')}</TableHead>
              </TableRow>
            </TableHeader>
            <TableBody>
              {trace.steps.map((step, index) => (
                <TableRow key={step.model} className="align-top">
                  <TableCell numeric>{index + 1}</TableCell>
                  <TableCell>
                    <span className="figures">{step.model}</span>
                    <span className="text-muted-foreground"> @ {step.provider}</span>
                  </TableCell>
                  <TableCell>
                    {words.chosen(step.chosen)}
                    {step.retries > 0 && <p className="text-xs text-muted-foreground">{t('retries', { count: step.retries })}</p>}
                  </TableCell>
                  <TableCell>
                    {step.credentials.map((credential) => (
                      <p key={credential.last4} className={credential.health === 'closed' ? 'text-muted-foreground' : 'text-danger'}>
                        <span className="figures">…{credential.last4}</span> {t(`health.${credential.health}`)}
                      </p>
                    ))}
                  </TableCell>
                  <TableCell numeric>{step.estimated_cost_usd === null ? '—' : `$${step.estimated_cost_usd}`}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </>
      )}
      {trace.left_out.length > 0 && (
        <section className="grid grid-cols-[minmax(0,1fr)] gap-2">
          <h3 className="text-base">{t('leftOut')}</h3>
          <LeftOutList candidates={trace.left_out} />
        </section>
      )}
    </div>
  );
}
