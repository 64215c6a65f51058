import { cn } from '@/components/ui/cn';

const TONES = { ok: 'bg-primary', warning: 'bg-warning', danger: 'bg-danger' } as const;

interface MeterProps {
  label: string;
  /** From 0 to 1. */
  share: number;
  /** Where the pace so far leads, from 0 to 1: drawn behind. */
  pace?: number | null;
  tone: keyof typeof TONES;
}

/** How much of a limit is used. */
export function Meter({ label, share, pace = null, tone }: MeterProps) {
  return (
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
      className="relative h-1.5 overflow-hidden rounded-full bg-accent"
    >
      {pace !== null && <div className={cn('absolute inset-0 origin-left opacity-25', TONES[tone])} style={{ transform: `scaleX(${pace})` }} />}
      <div className={cn('absolute inset-0 origin-left', TONES[tone])} style={{ transform: `scaleX(${share})` }} />
    </div>
  );
}
