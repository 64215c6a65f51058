const MASK = '[redacted]';

/** Fields whose value never belongs in a log, whatever it looks like. */
const SECRET_FIELD =
  /"((?:proxy-)?authorization|cookie|set-cookie|x-api-key|api-?key|x-goog-api-key|password|secret|client_secret|token)":(?:"(?:[^"\\]|\\.)*"|\[[^\]]*\])/gi;

/** Secrets by their shape, wherever they stand: in a message, in a URL, in an upstream's error text. */
const SHAPES: readonly [RegExp, string][] = [
  [/\b(sk|rk|pk)([-_])[A-Za-z0-9_-]{6,}/g, `$1$2${MASK}`],
  [/\bwhsec_[A-Za-z0-9+/=_-]{6,}/g, `whsec_${MASK}`],
  [/\bAIza[A-Za-z0-9_-]{20,}/g, `AIza${MASK}`],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{6,}/gi, `$1 ${MASK}`],
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@"]*):[^\s@/"]+@/gi, `$1:${MASK}@`],
  [/([?&](?:key|api_key)=)[^&\s"\\]+/gi, `$1${MASK}`],
];

/** Takes the secrets out of one line of log, JSON or plain. */
export function redact(line: string): string {
  let clean = line.replace(SECRET_FIELD, `"$1":"${MASK}"`);
  for (const [shape, replacement] of SHAPES) clean = clean.replace(shape, replacement);
  return clean;
}
