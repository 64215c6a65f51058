import type { KeyOptions, RequestJson, SubjectKey } from '@/lib/testing/suites/subject';
import type { Product } from './product';

interface Made {
  key: string;
  id: string;
}

/** Makes organizations and keys on a running product the way its operator would: command line and management API. */
export class Tenants {
  private operatorKey: Promise<string> | null = null;
  private shared: Promise<{ slug: string; management: string }> | null = null;
  private count = 0;

  constructor(private readonly product: Product) {}

  /** A key as the suites want it. Keys without a balance share one organization, all others get their own. */
  async createKey(options: KeyOptions): Promise<SubjectKey> {
    const ownOrganization = options.plan !== 'postpaid';
    const org = ownOrganization ? await this.createOrg(options.plan, options.credit) : await (this.shared ??= this.createOrg('postpaid'));
    const made = await this.api<Made>(org.management, 'POST', '/keys', {
      name: `key ${++this.count}`,
      ...(options.models ? { models: options.models } : {}),
      ...(options.budget ? { budget: { limit_usd: options.budget, period: 'total' } } : {}),
    });
    return {
      key: made.key,
      readRequest: (id) => this.api<RequestJson>(org.management, 'GET', `/requests/${id}`),
      readBalance: () => this.api(org.management, 'GET', '/balance'),
      revoke: async () => void (await this.api(org.management, 'POST', `/keys/${made.id}/revoke`)),
    };
  }

  /** An organization on a plan, with paid credit where asked, and a management key of its own. */
  async createOrg(plan: string, credit?: string): Promise<{ slug: string; management: string }> {
    const operator = await (this.operatorKey ??= this.cli<Made>('key', 'create', '--operator', '--management', '--name', 'suites').then(({ key }) => key));
    const number = ++this.count;
    const org = await this.api<{ id: string; slug: string }>(operator, 'POST', '/orgs', { name: `Suite ${number}`, owner_email: `suite-${number}@example.com`, plan });
    if (credit) await this.api(operator, 'POST', `/orgs/${org.id}/credit`, { amount_usd: credit, reason: 'suite' });
    const { key } = await this.cli<Made>('key', 'create', '--org', org.slug, '--name', 'management', '--management');
    return { slug: org.slug, management: key };
  }

  async cli<T>(...args: string[]): Promise<T> {
    return JSON.parse(await this.product.fairlead(...args, '--json')) as T;
  }

  async api<T>(key: string, method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.product.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return JSON.parse(text) as T;
  }
}
