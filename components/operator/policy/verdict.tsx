import { useTranslations } from 'next-intl';
import { StatusBadge } from '@/components/patterns/status-badge';
import type { AllowVerdict } from '@/lib/policy/allow';

/** Allowed or not, and by which rule. `named` also says which layer spoke. */
export function Verdict({ verdict, named }: { verdict: AllowVerdict; named?: boolean }) {
  const t = useTranslations('operatorPolicy');
  if (verdict.allowed) return <StatusBadge status="active" label={t('allowed')} />;
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <StatusBadge status="blocked" label={named ? t('refusedBy', { layer: t(`layer.${verdict.layer}`) }) : t('refused')} />
      <span className="text-xs text-muted-foreground">{verdict.rule ? t('byRule', { rule: verdict.rule }) : t('notListed')}</span>
    </span>
  );
}
