'use client';

import { redirect, usePathname, useSearchParams } from 'next/navigation';

/** Leads to the sign-in page and back. A client component, because only those know the whole address; on the first load the server redirects. */
export function SignInRedirect(): never {
  const path = usePathname();
  const query = useSearchParams().toString();
  redirect(`/sign-in?next=${encodeURIComponent(query ? `${path}?${query}` : path)}`);
}
