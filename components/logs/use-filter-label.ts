import { useTranslations } from 'next-intl';
import { REQUEST_STATUS_FILTERS, REQUEST_TRAITS, type ValueFilter } from '@/lib/query/request-view';

/** What a filter's value is called: outcomes and traits by their words, everything else by its own name. */
export function useFilterLabel(): (field: ValueFilter, id: string, label?: string) => string {
  const t = useTranslations('logs.filters');
  return (field, id, label = id) => {
    const status = field === 'status' ? REQUEST_STATUS_FILTERS.find((known) => known === id) : undefined;
    const trait = field === 'is' ? REQUEST_TRAITS.find((known) => known === id) : undefined;
    return status ? t(`statuses.${status}`) : trait ? t(`traits.${trait}`) : label;
  };
}
