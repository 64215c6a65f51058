import type { ReactNode } from 'react';
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card';

interface SectionCardProps {
  title: ReactNode;
  /** What the section is for, in a sentence. */
  lead: ReactNode;
  /** Of the content. */
  className?: string;
  children: ReactNode;
}

/** A part of a page that has a title, a sentence and something to fill in or look at. */
export function SectionCard({ title, lead, className, children }: SectionCardProps) {
  return (
    <Card>
      <CardHeader>
        <div>
          <CardTitle>{title}</CardTitle>
          <CardDescription>{lead}</CardDescription>
        </div>
      </CardHeader>
      <CardContent className={className}>{children}</CardContent>
    </Card>
  );
}
