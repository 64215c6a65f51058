import { cn } from '@/components/ui/cn';
import { moneyExact, moneyPaid, moneyShort } from '@/lib/format/money';

interface MoneyProps {
  /** Decimal dollars, as the JSON carries them. */
  usd: string;
  /** Every digit that was charged; lists round instead and show the whole amount on hover. */
  exact?: boolean;
  /** What was paid or invoiced: in dollars, also where pages show another currency. */
  paid?: boolean;
  className?: string;
}

export function Money({ usd, exact, paid, className }: MoneyProps) {
  const full = moneyExact(usd);
  return (
    <span className={cn('figures whitespace-nowrap', className)} title={exact ? undefined : full}>
      {exact ? full : paid ? moneyPaid(usd) : moneyShort(usd)}
    </span>
  );
}
