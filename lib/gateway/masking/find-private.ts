import { isIPv6 } from 'node:net';

/** What stands in the log in place of what was masked. */
export type Mask = '[secret]' | '[email]' | '[id number]' | '[card number]' | '[phone]' | '[ip address]';

/** Characters `start` to `end` (exclusive) of a text that are not to be kept. */
export interface Span {
  start: number;
  end: number;
  mask: Mask;
}

/** Each match is masked, or its first group where it has one. */
const SECRETS: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----(?:[A-Za-z0-9+/=\s:,.-]*?-----END [A-Z ]*PRIVATE KEY-----|[A-Za-z0-9+/=\s:,.-]*)/g,
  // A token signed by its issuer (JWT).
  /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}(?:\.[A-Za-z0-9_-]*)?/g,
  // Prefixes by which issuers mark their keys: OpenAI and Stripe, GitHub, GitLab, Slack, Hugging Face, npm, Groq, xAI, webhooks.
  /(?<![A-Za-z0-9])(?:(?:sk|pk|rk)[-_]|gh[pousr]_|github_pat_|glpat-|xox[abeoprs]-|xapp-|hf_|npm_|gsk_|xai-|whsec_|dop_v1_|r8_)[A-Za-z0-9_-]{12,}/g,
  // Google, AWS, Alibaba Cloud, Tencent Cloud, SendGrid.
  /(?<![A-Za-z0-9])(?:AIza[A-Za-z0-9_-]{30,}|ya29\.[A-Za-z0-9_-]{20,}|A(?:KIA|SIA)[A-Z0-9]{16}|LTAI[A-Za-z0-9]{12,}|AKID[A-Za-z0-9]{13,}|SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,})/g,
  /\bbearer\s{1,4}([A-Za-z0-9._~+/=-]{12,})/gi,
  /:\/\/([^\s/:@"']{1,64}:[^\s/@"']{1,128})@/g,
  /(?<![A-Za-z])(?:api[_-]?key|(?:access|secret|private)[_-]?key|client[_-]?secret|secret|(?:access|auth|refresh|session|api)[_-]?token|passw(?:or)?d|passphrase|密码|口令|密钥)["']?\s{0,4}(?:[:=：]|是|为)\s{0,4}["']?([!#-&(-+\--~]{6,})/gi,
];

const ID_NUMBERS: readonly RegExp[] = [
  // China: region, birth date, order, check character.
  /(?<![0-9A-Za-z])[1-9]\d{5}[ -]?(?:18|19|20)\d{2}[ -]?(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ -]?\d{3}[\dXx](?![0-9A-Za-z])/g,
  // United States: social security and taxpayer numbers as they are written, or bare behind their name.
  /(?<![\d-])(?!000|666)\d{3}([- ])(?!00)\d{2}\1(?!0000)\d{4}(?![\d-])/g,
  /(?:ssn|social security(?: number| no\.?)?)[^0-9A-Za-z]{0,6}\d{9}(?!\d)/gi,
];

const PHONES: readonly RegExp[] = [
  /(?<![\dA-Za-z.])(?:(?:\+|00)?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)/g,
  /(?<![\dA-Za-z])(?:\+|00)[1-9]\d{0,2}(?:[ .-]?\(?\d{1,4}\)?){2,6}(?!\d)/g,
  /(?<![\dA-Za-z.])(?:1[ .-]?)?\(?[2-9]\d{2}\)?[ .-]?[2-9]\d{2}[ .-]?\d{4}(?!\d)/g,
  /(?<![\dA-Za-z.])0\d{2,3}[ -]\d{7,8}(?!\d)/g,
];

const IPV4 = /(?<![\d.])(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}(?!\.?\d)/g;
const IPV6 = /(?<![0-9A-Za-z.])[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,8}(?:(?:\.\d{1,3}){3})?(?![0-9A-Za-z])/g;
const DIGITS = /(?<![0-9A-Za-z.])\d(?:[ \u00a0-]?\d){12,}/g;

const LOCAL_PART = /[A-Za-z0-9_.%+'\u00c0-\u024f\u0400-\u04ff-]{1,64}$/;
const DOMAIN = /(?:[A-Za-z0-9\u00c0-\u024f\u0400-\u04ff-]{1,63}\.){1,8}[A-Za-z\u00c0-\u024f\u0400-\u04ff][A-Za-z0-9\u00c0-\u024f\u0400-\u04ff-]{1,62}/y;
const ANY_LOCAL_PART = /[\p{L}\p{N}_.%+'-]{1,64}$/u;
const ANY_DOMAIN = /(?:[\p{L}\p{N}-]{1,63}\.){1,8}[\p{L}\p{N}-]{2,63}/uy;

/**
 * Finds e-mail addresses, phone numbers, payment cards, national ids (China, United States), keys and passwords, and IP
 * addresses. In order of their place; where two overlap they are one. When in doubt it masks.
 */
export function findPrivate(text: string): Span[] {
  const spans: Span[] = [];
  for (const pattern of SECRETS) addMatches(spans, text, pattern, '[secret]');
  addEmails(spans, text);
  for (const pattern of ID_NUMBERS) addMatches(spans, text, pattern, '[id number]', true);
  addCards(spans, text);
  for (const pattern of PHONES) addMatches(spans, text, pattern, '[phone]', true);
  addMatches(spans, text, IPV4, '[ip address]');
  addIpv6(spans, text);
  return joined(spans);
}

function addMatches(spans: Span[], text: string, pattern: RegExp, mask: Mask, whole = false): void {
  for (const match of text.matchAll(pattern)) {
    const kept = whole || match[1] === undefined ? match[0] : match[1];
    add(spans, match.index + match[0].lastIndexOf(kept), kept.length, mask);
  }
}

/** Only what holds a digit: `a::b` is an address and much else. A colon of the text around it is not its own. */
function addIpv6(spans: Span[], text: string): void {
  for (const match of text.matchAll(IPV6)) {
    const lead = /^:(?!:)/.test(match[0]) ? 1 : 0;
    const address = match[0].slice(lead).replace(/(?<!:):$/, '');
    if (/\d/.test(address) && isIPv6(address)) add(spans, match.index + lead, address.length, '[ip address]');
  }
}

/** From each `@` outwards: looking for a local part at every letter would cost its length for each. */
function addEmails(spans: Span[], text: string): void {
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    const before = text.slice(Math.max(0, at - 64), at);
    const local = LOCAL_PART.exec(before) ?? ANY_LOCAL_PART.exec(before);
    if (!local) continue;
    const domain = matchAt(DOMAIN, text, at + 1) ?? matchAt(ANY_DOMAIN, text, at + 1);
    if (domain) add(spans, at - local[0].length, local[0].length + 1 + domain.length, '[email]');
  }
}

function matchAt(sticky: RegExp, text: string, from: number): string | null {
  sticky.lastIndex = from;
  return sticky.exec(text)?.[0] ?? null;
}

/** A card may stand among other digits: every 13 to 19 of them that begin and end where a group does are tried. */
function addCards(spans: Span[], text: string): void {
  for (const match of text.matchAll(DIGITS)) {
    const digits = match[0].replace(/\D/g, '');
    /** Where groups begin: among the digits, and in the text. */
    const groups: { digit: number; place: number }[] = [];
    let digit = 0;
    for (const group of match[0].matchAll(/\d+/g)) {
      groups.push({ digit, place: match.index + group.index });
      digit += group[0].length;
    }
    groups.push({ digit, place: match.index + match[0].length + 1 });
    groups.forEach((first, index) => {
      for (let next = index + 1; next < groups.length; next++) {
        const after = groups[next] as { digit: number; place: number };
        if (after.digit - first.digit > 19) break;
        if (isCard(digits, first.digit, after.digit)) add(spans, first.place, after.place - 1 - first.place, '[card number]');
      }
    });
  }
}

/** Luhn's check digit, under the first digits that card schemes use. */
function isCard(digits: string, from: number, to: number): boolean {
  const scheme = digits[from] as string;
  if (to - from < 13 || to - from > 19 || scheme < '2' || scheme > '6') return false;
  let sum = 0;
  for (let place = 0; place < to - from; place++) {
    const digit = digits.charCodeAt(to - 1 - place) - 48;
    const weighed = place % 2 === 1 ? digit * 2 : digit;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}

function add(spans: Span[], start: number, length: number, mask: Mask): void {
  spans.push({ start, end: start + length, mask });
}

function joined(spans: Span[]): Span[] {
  const ordered = spans.map((span, found) => ({ span, found })).sort((a, b) => a.span.start - b.span.start || a.found - b.found);
  const result: Span[] = [];
  for (const { span } of ordered) {
    const last = result[result.length - 1];
    if (last && span.start < last.end) last.end = Math.max(last.end, span.end);
    else result.push({ ...span });
  }
  return result;
}
