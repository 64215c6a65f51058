/** The mark: three lines enter a ring apart and leave it as one. The same drawing as public/mark.svg. */
export function Mark({ className, title }: { className?: string; title?: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      className={className}
      role={title ? 'img' : undefined}
      aria-hidden={title ? undefined : true}
    >
      {title && <title>{title}</title>}
      <ellipse cx="13.5" cy="12" rx="4" ry="9.25" />
      <path d="M1.25 4.5C4.5 4.5 6.5 6.5 9.8 8.4M1.25 19.5C4.5 19.5 6.5 17.5 9.8 15.6M1.25 12H9.5M17.5 12H22.75" />
    </svg>
  );
}
