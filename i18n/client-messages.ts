import { getMessages } from 'next-intl/server';
import type { Messages } from './load-messages';

/**
 * The texts that the client components of each group of pages read, beside those of `root`, which every page has. What the
 * server draws brings its texts along and needs none. client-messages.test.ts derives these lists from the imports and
 * says what to write here.
 */
export const CLIENT_NAMESPACES = {
  root: ['common'],
  site: ['shell', 'snippets'],
  auth: ['auth', 'shell'],
  console: [
    'account',
    'alerts',
    'audit',
    'auth',
    'billing',
    'billingMore',
    'budgets',
    'commands',
    'compare',
    'keys',
    'logs',
    'members',
    'models',
    'playground',
    'presets',
    'request',
    'settings',
    'shell',
    'snippets',
    'status',
    'usage',
    'welcome',
  ],
  operator: [
    'audit',
    'budgets',
    'operator',
    'operatorAliases',
    'operatorBilling',
    'operatorBudgets',
    'operatorConfig',
    'operatorModels',
    'operatorOverview',
    'operatorPlans',
    'operatorPolicy',
    'operatorProviders',
    'operatorRerate',
    'operatorSettings',
    'operatorSignup',
    'operatorTenants',
    'operatorUsers',
    'operatorWatch',
    'outbox',
    'request',
    'shell',
    'status',
    'usage',
  ],
  setup: ['auth', 'operatorProviders', 'operatorSetup', 'operatorSignup', 'shell'],
} as const satisfies Record<string, readonly string[]>;

export type PageGroup = keyof typeof CLIENT_NAMESPACES;

/** What a layout gives its `NextIntlClientProvider`: one layout for a group, once, since providers within it inherit. */
export async function clientMessages(group: PageGroup): Promise<Messages> {
  const messages: Messages = await getMessages();
  const names = new Set<string>([...CLIENT_NAMESPACES.root, ...CLIENT_NAMESPACES[group]]);
  return Object.fromEntries(Object.entries(messages).filter(([namespace]) => names.has(namespace)));
}
