/**
 * Next calls this once before it serves. The console process of `npm start` needs nothing here: its supervisor prepared
 * everything, and inference is the gateway's. Next on its own (`next start`, `next dev`) is the whole product.
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { env } = await import('@/lib/env');
  if (env().role === 'console') return;
  const { bootOneProcess } = await import('@/lib/runtime/one-process');
  await bootOneProcess();
}
