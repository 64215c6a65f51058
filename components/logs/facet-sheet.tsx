'use client';

import type { ReactNode } from 'react';
import { Sheet, SheetContent, SheetTitle } from '@/components/ui/sheet';

/** The filters over the page, for a screen with no room beside the list. */
export function FacetSheet({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()}>
      <SheetContent side="right">
        <SheetTitle className="mb-4 text-base">{title}</SheetTitle>
        {children}
      </SheetContent>
    </Sheet>
  );
}
