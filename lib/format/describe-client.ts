const BROWSERS: readonly [RegExp, string][] = [
  [/Edg(?:e|A|iOS)?\/\d/, 'Edge'],
  [/OPR\/\d/, 'Opera'],
  [/Firefox\/\d|FxiOS\/\d/, 'Firefox'],
  [/MicroMessenger\/\d/, 'WeChat'],
  [/Chrome\/\d|CriOS\/\d/, 'Chrome'],
  [/Safari\/\d/, 'Safari'],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux|X11/, 'Linux'],
];

/** "Chrome on macOS" out of a user agent: enough to tell one's own browsers apart. Null for nothing we know. */
export function describeClient(userAgent: string): string | null {
  const first = (list: readonly [RegExp, string][]) => list.find(([pattern]) => pattern.test(userAgent))?.[1];
  const parts = [first(BROWSERS), first(SYSTEMS)].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join(' · ') : null;
}
