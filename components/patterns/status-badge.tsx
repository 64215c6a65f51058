import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleSlash,
  CircleX,
  Clock,
  LoaderCircle,
  type LucideIcon,
  Scissors,
  ShieldAlert,
  Timer,
} from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge, type BadgeVariant } from '@/components/ui/badge';

const LOOKS = {
  completed: { icon: CircleCheck, variant: 'success' },
  running: { icon: LoaderCircle, variant: 'info' },
  truncated: { icon: Scissors, variant: 'warning' },
  refused: { icon: Ban, variant: 'warning' },
  failed: { icon: CircleX, variant: 'danger' },
  interrupted: { icon: CircleSlash, variant: 'danger' },
  active: { icon: CircleCheck, variant: 'success' },
  retiring: { icon: Timer, variant: 'warning' },
  expired: { icon: Clock, variant: 'default' },
  revoked: { icon: CircleSlash, variant: 'default' },
  blocked: { icon: ShieldAlert, variant: 'danger' },
  pending: { icon: CircleDashed, variant: 'info' },
  warning: { icon: CircleAlert, variant: 'warning' },
} as const satisfies Record<string, { icon: LucideIcon; variant: BadgeVariant }>;

export type Status = keyof typeof LOOKS;

/** A status as icon and word, never as a colour alone. */
export function StatusBadge({ status, label }: { status: Status; label?: string }) {
  const t = useTranslations('status');
  const { icon: Icon, variant } = LOOKS[status];
  return (
    <Badge variant={variant}>
      <Icon aria-hidden className={status === 'running' ? 'animate-spin' : undefined} />
      {label ?? t(status)}
    </Badge>
  );
}
