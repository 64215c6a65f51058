import { findLogo } from '@/lib/services/branding/logo';

/** The operator's logo. Its address names its content, so that a browser may keep it; nothing in it can run. */
export async function GET(): Promise<Response> {
  const logo = await findLogo();
  if (!logo) return new Response(null, { status: 404 });
  return new Response(logo.bytes, {
    headers: {
      'content-type': logo.type,
      'content-disposition': 'inline; filename="logo"',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'public, max-age=86400',
      etag: `"${logo.hash}"`,
    },
  });
}
