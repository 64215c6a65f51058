import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newId } from '@/lib/kernel/ids';
import { parseUsd } from '@/lib/kernel/money';
import { asSystem } from '@/lib/store';
import { type Billing, createBilling } from './client';
import { processDueEvents } from './process-events';
import { type RunningSimulator, startSimulator } from './simulator/start-simulator';
import { receiveWebhook } from './webhook';

/** Billing over real sockets: the simulator, a webhook that is the product's own, and a client between them. */
export interface TestBilling {
  billing: Billing;
  simulator: RunningSimulator;
  webhookUrl: string;
  secret: string;
  /** Waits until every event was delivered and worked on. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export async function startTestBilling(options: { simulated?: boolean } = {}): Promise<TestBilling> {
  const secret = `whsec_${randomBytes(16).toString('hex')}`;
  let billing: Billing | undefined;
  const hook = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const answer = await receiveWebhook(
      billing ?? null,
      Buffer.concat(chunks).toString('utf8'),
      (request.headers['stripe-signature'] as string | undefined) ?? null,
    );
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
  });
  const webhookUrl = `http://127.0.0.1:${await listen(hook)}/api/stripe/webhook`;
  const simulator = await startSimulator({ port: 0, webhookUrl, webhookSecret: secret, controlPlane: true });
  const made = createBilling({ secretKey: simulator.secretKey, apiBase: simulator.apiBase, webhookSecret: secret, simulated: options.simulated ?? true });
  billing = made;
  return {
    billing: made,
    simulator,
    webhookUrl,
    secret,
    async settle() {
      for (let i = 0; simulator.sim.state.deliveries.length > 0; i++) {
        if (i > 2_000) throw new Error('webhooks were not delivered');
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      await processDueEvents(made);
    },
    async close() {
      await simulator.close();
      hook.closeAllConnections();
      await new Promise((resolve) => hook.close(resolve));
    },
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
}

/** The three plans as the starter catalogue has them, in what billing reads of them. */
export async function seedPlans(): Promise<void> {
  await asSystem((tx) =>
    tx.plan.createMany({
      data: [
        { id: 'free', name: 'Free', position: 0, includedCreditNano: parseUsd('1'), rpm: 60 },
        { id: 'pro', name: 'Pro', position: 1, monthlyNano: parseUsd('20'), includedCreditNano: parseUsd('25'), rpm: 600 },
        { id: 'enterprise', name: 'Enterprise', position: 2, monthlyNano: parseUsd('200'), includedCreditNano: parseUsd('300'), rpm: 6_000 },
      ],
      skipDuplicates: true,
    }),
  );
}

export async function seedOrg(name = 'Acme'): Promise<{ id: string; slug: string }> {
  const id = newId('org');
  const slug = `${name.toLowerCase()}-${id.slice(-8).toLowerCase()}`;
  await asSystem((tx) => tx.organization.create({ data: { id, slug, name, planId: 'free' } }));
  return { id, slug };
}
