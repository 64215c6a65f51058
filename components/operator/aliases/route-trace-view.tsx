import { useTranslations } from 'next-intl';
import { CardTable } from '@/components/operator/card-table';
import { LeftOutList } from '@/components/request-detail/left-out-list';
import { useRoutingWords } from '@/components/request-detail/use-routing-words';
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert';
import type { RouteTrace } from '@/lib/http/test-route';

const COLUMNS = ['target', 'why', 'credentials', 'cost'] as const;

/** The decision for one request: who would be asked in which order and why, and who would not. */
export function RouteTraceView({ trace }: { trace: RouteTrace }) {
  const t = useTranslations('operatorAliases.test');
  const words = useRoutingWords();
  return (
    <div className="mt-4 grid grid-cols-[minmax(0,1fr)] gap-4 border-t pt-4">
      {trace.error && (
        <Alert variant="danger">
          <AlertTitle>{t('refused', { code: trace.error.code })}</AlertTitle>
          <AlertDescription>{trace.error.message}</AlertDescription>
        </Alert>
      )}
      {trace.steps.length > 0 && (
        <>
          <p className="text-sm text-muted-foreground">{t('facts', { tokens: trace.facts.input_tokens, plan: trace.plan })}</p>
          <CardTable
            label={t('order')}
            columns={COLUMNS.map((id) => ({ id, label: t(id), numeric: id === 'cost' }))}
            rows={trace.steps.map((step, index) => ({
              id: step.model,
              cells: [
                <span key="target" className="inline-flex gap-2">
                  <span className="figures text-muted-foreground">{index + 1}</span>
                  <span>
                    <span className="figures break-all">{step.model}</span>
                    <span className="font-normal text-muted-foreground"> @ {step.provider}</span>
                  </span>
                </span>,
                <span key="why">
                  {words.chosen(step.chosen)}
                  {step.retries > 0 && <span className="block text-xs text-muted-foreground">{t('retries', { count: step.retries })}</span>}
                </span>,
                step.credentials.map((credential) => (
                  <span key={credential.last4} className={credential.health === 'closed' ? 'block text-muted-foreground' : 'block text-danger'}>
                    <span className="figures">…{credential.last4}</span> {t(`health.${credential.health}`)}
                  </span>
                )),
                step.estimated_cost_usd === null ? '—' : `$${step.estimated_cost_usd}`,
              ],
            }))}
          />
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
