/**
 * First path segments that an organization cannot be called. `ROUTES` is what the route tree and `public/` serve; the
 * test beside this file reads them and fails when one is missing here. `KEPT` are kept free for pages to come.
 */
const ROUTES = `
  _next api apple-icon favicon forgot healthz icon logo mark metrics og pricing providers readyz sign-in sign-up simulator v1 version welcome`;

const KEPT = `
  about account admin app assets auth billing blog changelog config console contact demo device docs fairlead health help home invite legal llms login
  logout manifest models new null openapi operator playground privacy public reset robots root security settings setup sign-out signin signout signup
  sitemap static status stripe support system terms undefined v2 verify well-known www zh zh-cn`;

const RESERVED = new Set(`${ROUTES} ${KEPT}`.trim().split(/\s+/));

export function isReservedSlug(slug: string): boolean {
  return RESERVED.has(slug);
}
