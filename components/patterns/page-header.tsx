import type { ReactNode } from 'react';

interface PageHeaderProps {
  title: ReactNode;
  /** The sentence that matters: "$41.20 this month, on pace for $55, limit $100". */
  answer?: ReactNode;
  /** Above the title: where one is, a way back. */
  eyebrow?: ReactNode;
  /** One primary action, at the top right. */
  actions?: ReactNode;
  /** Filters or tabs, under the title. */
  children?: ReactNode;
}

/** The head of every console page, with the page's only h1. */
export function PageHeader({ title, answer, eyebrow, actions, children }: PageHeaderProps) {
  return (
    <header className="mb-6 grid gap-4">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 max-w-[72ch] flex-1 basis-72">
          {eyebrow && <div className="mb-1 text-sm text-muted-foreground">{eyebrow}</div>}
          <h1 className="text-xl font-semibold">{title}</h1>
          {answer && <p className="mt-1 text-base text-muted-foreground">{answer}</p>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {children}
    </header>
  );
}
