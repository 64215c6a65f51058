'use client';

import { ErrorPage } from '@/components/shell/error-page';

export default function RootError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main id="content" className="mx-auto max-w-xl px-4 py-20">
      <ErrorPage digest={error.digest} retry={reset} />
    </main>
  );
}
