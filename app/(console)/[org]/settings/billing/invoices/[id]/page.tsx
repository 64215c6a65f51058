import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Money } from '@/components/patterns/money';
import { PageHeader } from '@/components/patterns/page-header';
import { Time } from '@/components/patterns/time';
import { Table, TableBody, TableCell, TableFooter, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { requireOrg } from '@/lib/auth/require';
import { moneyPaid } from '@/lib/format/money';
import { readInvoice } from '@/lib/services/billing/read-invoice';
import { hasRight } from '@/lib/services/context';

type Params = { params: Promise<{ org: string; id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('billingMore.invoice'))('title') };
}

export default async function InvoicePage({ params }: Params) {
  const { org: slug, id } = await params;
  const ctx = await requireOrg(slug, `/${slug}/settings/billing/invoices/${id}`);
  const t = await getTranslations('billingMore.invoice');
  const states = await getTranslations('billing.invoices.states');
  const invoice = hasRight(ctx.role, 'billing:read') ? await readInvoice({ ctx, input: { id } }) : null;
  if (!invoice) notFound();
  return (
    <>
      <PageHeader
        eyebrow={
          <Link href={`/${slug}/settings/billing`} className="underline underline-offset-4">
            {t('back')}
          </Link>
        }
        title={invoice.number ?? t('title')}
        answer={t('answer', { total: moneyPaid(invoice.totalUsd), status: states.has(invoice.status) ? states(invoice.status) : invoice.status })}
        actions={
          <>
            {invoice.hostedUrl && (
              <a className="text-primary underline underline-offset-4" href={invoice.hostedUrl} rel="noreferrer" target="_blank">
                {t('receipt')}
              </a>
            )}
            {invoice.pdfUrl && (
              <a className="text-primary underline underline-offset-4" href={invoice.pdfUrl} rel="noreferrer">
                {t('pdf')}
              </a>
            )}
          </>
        }
      />
      <div className="grid gap-6">
        <Table aria-label={t('lines')}>
          <TableHeader>
            <TableRow>
              <TableHead>{t('line')}</TableHead>
              <TableHead>{t('period')}</TableHead>
              <TableHead numeric>{t('amount')}</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {invoice.lines.map((line) => (
              <TableRow key={line.id}>
                <TableCell className="min-w-40">{line.description}</TableCell>
                <TableCell>
                  <Time iso={line.from} format="date" /> – <Time iso={line.to} format="date" />
                </TableCell>
                <TableCell numeric>
                  <Money usd={line.amountUsd} paid />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
          <TableFooter>
            {invoice.taxUsd && <SumRow label={t('tax')} usd={invoice.taxUsd} />}
            <SumRow label={t('total')} usd={invoice.totalUsd} />
          </TableFooter>
        </Table>
        {invoice.requestCount > 0 && (
          <section className="grid gap-3">
            <h2 className="text-lg font-semibold">{t('requests', { count: invoice.requestCount })}</h2>
            <Table aria-label={t('requests', { count: invoice.requestCount })}>
              <TableHeader>
                <TableRow>
                  <TableHead>{t('request')}</TableHead>
                  <TableHead>{t('date')}</TableHead>
                  <TableHead numeric>{t('amount')}</TableHead>
                </TableRow>
              </TableHeader>
              <TableBody>
                {invoice.requests.map((request) => (
                  <TableRow key={request.id}>
                    <TableCell className="figures">
                      <Link href={`/${slug}/logs/${request.id}`} className="text-primary underline underline-offset-4">
                        {request.id}
                      </Link>
                    </TableCell>
                    <TableCell>
                      <Time iso={request.at} format="log" />
                    </TableCell>
                    <TableCell numeric>
                      <Money usd={request.amountUsd} exact />
                    </TableCell>
                  </TableRow>
                ))}
              </TableBody>
            </Table>
          </section>
        )}
      </div>
    </>
  );
}

function SumRow({ label, usd }: { label: string; usd: string }) {
  return (
    <TableRow>
      <TableCell colSpan={2}>{label}</TableCell>
      <TableCell numeric>
        <Money usd={usd} paid />
      </TableCell>
    </TableRow>
  );
}
