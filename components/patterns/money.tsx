import { cn } from '@/components/ui/cn';
import { moneyExact, moneyShort } from '@/lib/format/money';

interface MoneyProps {
  /** Decimal dollars, as the JSON carries them. */
  usd: string;
  /** Every digit that was charged; lists round instead and show the whole amount on hover. */
  exact?: boolean;
  className?: string;
}

export function Money({ usd, exact, className }: MoneyProps) {
  const full = moneyExact(usd);
  return (
    <span className={cn('figures whitespace-nowrap', className)} title={exact ? undefined : full}>
      {exact ? full : moneyShort(usd)}
    </span>
  );
}
