import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import createNextIntlPlugin from 'next-intl/plugin';
import { PHASE_DEVELOPMENT_SERVER } from 'next/constants.js';

const withNextIntl = createNextIntlPlugin('./i18n/request.ts');

/** Checkout pages that a form of ours may lead to. */
const STRIPE_PAGES = 'https://checkout.stripe.com https://billing.stripe.com';

/** Whose captcha an operator may put before sign-up: its script and its frame come from there, on that page only. */
const CAPTCHAS = ' https://challenges.cloudflare.com https://hcaptcha.com https://*.hcaptcha.com https://www.google.com/recaptcha/ https://www.gstatic.com/recaptcha/';

/**
 * Next puts its data into inline scripts, and a nonce for them would need a proxy.ts in front of every request; so inline
 * scripts are allowed, and everything that could load or send anything elsewhere is not.
 */
function contentSecurityPolicy(isDevelopment, others = '') {
  return [
    "default-src 'self'",
    `script-src 'self' 'unsafe-inline'${isDevelopment ? " 'unsafe-eval'" : ''}${others}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self'${isDevelopment ? ' ws:' : ''}${others}`,
    ...(others ? [`frame-src${others}`] : []),
    "object-src 'none'",
    "base-uri 'self'",
    `form-action 'self' ${STRIPE_PAGES}`,
    "frame-ancestors 'none'",
  ].join('; ');
}

function securityHeaders(isDevelopment) {
  return [
    { key: 'Content-Security-Policy', value: contentSecurityPolicy(isDevelopment) },
    { key: 'X-Content-Type-Options', value: 'nosniff' },
    { key: 'X-Frame-Options', value: 'DENY' },
    // Some addresses carry a one-time token; none of them leaves the site.
    { key: 'Referrer-Policy', value: 'same-origin' },
    { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), payment=(), usb=()' },
    { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  ];
}

/** `npm start` and the tests make the database client before they build; a plain `next build` or `next dev` on a fresh clone has none yet. */
function makeDatabaseClient() {
  const { dirname } = import.meta;
  if (existsSync(path.join(dirname, 'lib/store/generated/client.ts'))) return;
  const { status } = spawnSync(process.execPath, [path.join(dirname, 'node_modules/prisma/build/index.js'), 'generate'], { cwd: dirname, stdio: 'inherit' });
  if (status !== 0) throw new Error('prisma generate failed');
}

/** @returns {import('next').NextConfig} */
export default function config(phase) {
  makeDatabaseClient();
  const isDevelopment = phase === PHASE_DEVELOPMENT_SERVER;
  return withNextIntl({
    poweredByHeader: false,
    turbopack: {
      root: import.meta.dirname,
      // Messages come compiled (i18n/compile-messages.ts), so no browser loads a parser of ICU messages.
      resolveAlias: { 'use-intl/format-message': './node_modules/use-intl/dist/esm/production/format-message/format-only.js' },
    },
    // Small chunks that are shared, rather than big ones that each hold a copy of what several pages need: a page asks for a
    // dozen more of them and for a tenth less script.
    experimental: { turbopackChunking: { requestCost: 10_000, minChunkSize: 10_000, maxMergeChunkSize: 40_000, maxChunkCountPerGroup: 60 } },
    // Types are checked by `npm run typecheck` and by the tests; a start should not wait for them.
    typescript: { ignoreBuildErrors: true },
    // One copy of each for all of Next's bundles; some carry native code or worker files.
    serverExternalPackages: ['@node-rs/argon2', '@prisma/adapter-pg', '@prisma/client', '@react-email/components', '@react-email/render', 'nodemailer', 'pg', 'pino', 'undici'],
    devIndicators: false,
    agentRules: false,
    async headers() {
      // Inference answers carry the headers of its own contract only.
      return [
        { source: '/((?!v1/|v1$).*)', headers: securityHeaders(isDevelopment) },
        { source: '/sign-up', headers: [{ key: 'Content-Security-Policy', value: contentSecurityPolicy(isDevelopment, CAPTCHAS) }] },
      ];
    },
  });
}
