export const browserFlags: string[];
export function findBrowser(options?: { mayInstall?: boolean }): Promise<string>;
