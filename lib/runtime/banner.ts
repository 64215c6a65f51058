import { env } from '@/lib/env';

export interface FirstSteps {
  setupToken: string | null;
  operatorEmail: string | null;
}

/** What a person needs to know after the start, and nothing else. */
export function bannerText({ setupToken, operatorEmail }: FirstSteps): string {
  const { appUrl, dataDir, isDatabaseEmbedded, signup } = env();
  const lines: [string, string][] = [
    ['Console', appUrl],
    ['API base URL', `${appUrl}/v1`],
  ];
  if (signup === 'open') lines.push(['Sign up', `${appUrl}/sign-up`]);
  lines.push(['Sign in', operatorEmail ? `${appUrl}/sign-in as ${operatorEmail}` : `${appUrl}/sign-in`]);
  if (setupToken) lines.push(['First operator', `${appUrl}/setup?token=${setupToken}`]);
  lines.push(['Data', isDatabaseEmbedded ? `${dataDir} (embedded PostgreSQL)` : 'the database of DATABASE_URL']);
  const width = Math.max(...lines.map(([label]) => label.length));
  return `\n  Fairlead is ready.\n\n${lines.map(([label, value]) => `  ${label.padEnd(width)}  ${value}\n`).join('')}\n`;
}
