'use client';

/** The layout itself failed, so neither texts nor styles can be relied on here. */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body style={{ fontFamily: 'system-ui, sans-serif', margin: '15vh auto', maxWidth: 480, padding: '0 16px', lineHeight: 1.5 }}>
        <h1 style={{ fontSize: 20 }}>Fairlead could not show this page</h1>
        <p>Nothing was changed. Try again; if it happens again, the server's log names this error{error.digest ? ` ${error.digest}` : ''}.</p>
        <button type="button" onClick={reset}>
          Try again
        </button>
      </body>
    </html>
  );
}
