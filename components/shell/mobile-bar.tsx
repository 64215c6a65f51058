'use client';

import { Menu } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Sheet, SheetContent, SheetTitle, SheetTrigger } from '@/components/ui/sheet';
import { ProductMark, ProductName } from './product';
import { Rail, type RailProps } from './rail';

/** The top bar of narrow screens: the rail is behind its menu button. */
export function MobileBar(props: RailProps) {
  const t = useTranslations('shell');
  const [open, setOpen] = useState(false);
  return (
    <header className="sticky top-0 z-30 flex h-12 items-center gap-2 border-b bg-background px-3 lg:hidden">
      <Sheet open={open} onOpenChange={setOpen}>
        <SheetTrigger asChild>
          <Button variant="ghost" size="icon" aria-label={t('openMenu')}>
            <Menu aria-hidden />
          </Button>
        </SheetTrigger>
        <SheetContent>
          <SheetTitle className="mb-3 flex h-8 items-center gap-2 px-2 text-base font-semibold">
            <ProductMark className="size-5" />
            <ProductName />
          </SheetTitle>
          <Rail {...props} onNavigate={() => setOpen(false)} />
        </SheetContent>
      </Sheet>
      <Link href={`/${props.org.slug}`} className="flex min-w-0 items-center gap-2 rounded-sm font-medium">
        <ProductMark className="size-5 shrink-0" />
        <span className="truncate">{props.org.name}</span>
      </Link>
    </header>
  );
}
