interface SparklineProps {
  values: number[];
  className?: string;
}

const WIDTH = 96;
const HEIGHT = 28;

/** The shape of a series in the space of a word. It repeats numbers that stand beside it, so screen readers skip it. */
export function Sparkline({ values, className }: SparklineProps) {
  const highest = Math.max(...values, 0);
  if (values.length < 2 || highest === 0)
    return (
      <svg aria-hidden viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className={className}>
        <path d={`M0 ${HEIGHT - 1}H${WIDTH}`} stroke="var(--border)" />
      </svg>
    );
  const points = values.map((value, at) => [(at / (values.length - 1)) * WIDTH, HEIGHT - 2 - (value / highest) * (HEIGHT - 4)] as const);
  const line = points.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
  return (
    <svg aria-hidden viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" className={className}>
      <path d={`${line}L${WIDTH} ${HEIGHT}L0 ${HEIGHT}Z`} fill="var(--primary)" opacity={0.1} />
      <path d={line} fill="none" stroke="var(--primary)" strokeWidth={1.5} strokeLinejoin="round" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
