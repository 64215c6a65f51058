import { useTranslations } from 'next-intl';
import { duration } from '@/lib/format/duration';
import { type RoutingReason, readLeftFor, readReason } from './routing-reason';

/** The gateway's reasons in the reader's language. */
export function useRoutingWords(): { chosen: (words: string) => string; leftFor: (words: string) => string } {
  const t = useTranslations('request.routing');
  const say = (reason: RoutingReason): string => {
    switch (reason.code) {
      case 'explored':
      case 'probing':
        return t(`chosen.${reason.code}`, { reason: say(reason.reason) });
      case 'sticky':
        return t('chosen.sticky', { by: reason.by });
      case 'stickyWeight':
        return t('chosen.stickyWeight', { by: reason.by, weight: reason.weight });
      case 'speed':
        return t('chosen.speed', { time: duration(reason.ms) });
      case 'priority':
        return t('chosen.priority', { place: reason.place });
      case 'weight':
        return t('chosen.weight', { weight: reason.weight });
      case 'cost':
        return t('chosen.cost', { cost: reason.cost });
      case 'canary':
        return t('chosen.canary', { percent: reason.percent });
      default:
        return t(`chosen.${reason.code}`);
    }
  };
  return {
    chosen: (words) => {
      const reason = readReason(words);
      return reason ? say(reason) : words;
    },
    leftFor: (words) => {
      const reason = readLeftFor(words);
      if (!reason) return words;
      return reason.code === 'again' ? t('next.again', { time: duration(reason.ms) }) : t(`next.${reason.code}`);
    },
  };
}
