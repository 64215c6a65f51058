'use client';

import { useSearchParams } from 'next/navigation';

/** The open one of some tabs, in the address under `name`: the first one when it names none. Changing it asks nothing of the server. */
export function useUrlTab<Tab extends string>(tabs: readonly Tab[], first: Tab, name = 'tab'): [Tab, (tab: string) => void] {
  const asked = useSearchParams().get(name);
  const choose = (tab: string): void => {
    const url = new URL(window.location.href);
    if (tab === first) url.searchParams.delete(name);
    else url.searchParams.set(name, tab);
    window.history.replaceState(null, '', url);
  };
  return [tabs.find((tab) => tab === asked) ?? first, choose];
}
