import fc from 'fast-check';

const amount = fc.tuple(fc.nat(5_000), fc.constantFrom('', '.5', '.25', '.000001')).map(([whole, part]) => `${whole}${part}`);
const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
const compact = <T extends object>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const rates = fc.record({ input: amount, output: amount, cachedInput: some(amount), cacheWrite: some(amount), reasoning: some(amount), request: some(amount) });
const prices = fc.oneof(
  rates,
  fc
    .tuple(rates, fc.array(fc.record({ maxInput: fc.integer({ min: 1, max: 1_000_000 }), input: amount, output: amount }), { maxLength: 2 }))
    .map(([flat, tiers]) => ({ ...flat, currency: 'CNY', fxRate: '0.14', region: 'cn', tiers })),
);
const limit = fc.option(fc.integer({ min: 1, max: 1_000_000 }), { nil: null });
const scheduled = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 2_100, max: 2_200 }), rates), { maxLength: 2, selector: ([year]) => year })
  .map((list) => list.map(([year, card]) => ({ from: `${year}-03-01T08:00:00.000Z`, ...card })));

/** Any configuration that a fairlead.yaml may hold, as its document; credentials are references, providers are p0, p1 … */
export const anyConfiguration = fc
  .record({
    providers: fc.array(
      fc.record({
        adapter: fc.constantFrom('openai', 'deepseek', 'anthropic', 'ollama'),
        label: fc.option(fc.constantFrom('Main', '主要', 'A "quoted" label'), { nil: null }),
        baseUrl: fc.option(fc.constant('https://llm.example.com/v1'), { nil: null }),
        dataRegion: fc.option(fc.constantFrom('cn', 'eu', 'us'), { nil: null }),
        onClientDisconnect: fc.constantFrom('cancel', 'drain'),
        enabled: fc.boolean(),
        timeouts: fc.record({ connectMs: some(fc.integer({ min: 1, max: 9_000 })), totalMs: some(fc.integer({ min: 1, max: 900_000 })) }),
        breaker: fc.record({ failures: some(fc.integer({ min: 1, max: 20 })) }),
        credentials: fc.uniqueArray(
          fc.record({
            name: fc.constantFrom('a', 'b', 'c'),
            secret: fc.constantFrom('${env:KEY_ONE}', '${env:KEY_TWO}', '${file:/run/key}', '${stored}'),
            weight: fc.nat(10),
            priority: fc.integer({ min: 1, max: 3 }),
            enabled: fc.boolean(),
          }),
          { selector: ({ name }) => name, maxLength: 3 },
        ),
        models: fc.array(
          fc.record({
            kind: fc.constantFrom('chat', 'chat', 'embedding'),
            displayName: fc.option(fc.constant('A model'), { nil: null }),
            contextWindow: limit,
            capabilities: fc.subarray(['tools', 'vision', 'json']),
            prices: some(prices),
            scheduledPrices: scheduled,
            retiresOn: fc.option(fc.constant('2031-05-09'), { nil: null }),
            enabled: fc.boolean(),
          }),
          { maxLength: 3 },
        ),
      }),
      { maxLength: 3 },
    ),
    strategies: fc.array(
      fc.record({
        strategy: fc.constantFrom('priority', 'weighted', 'cheapest', 'fastest'),
        sticky: fc.constantFrom('none', 'user', 'session'),
        onContextOverflow: fc.constantFrom('next', 'fail'),
        streamRecovery: fc.constantFrom('none', 'restart', 'hold'),
        totalMs: limit,
        retries: some(fc.nat(5)),
        weight: fc.integer({ min: 1, max: 9 }),
        conditions: some(
          fc.record({ tools: some(fc.boolean()), language: some(fc.constantFrom('zh', 'other')), tags: some(fc.constant({ team: 'a', feature: '*' })) }),
        ),
        canary: some(fc.integer({ min: 0, max: 100 })),
      }),
      { maxLength: 3 },
    ),
    plans: fc.array(
      fc.record({
        monthly: amount,
        includedCredit: amount,
        overageLimit: amount,
        trialDays: fc.nat(60),
        trialCredit: amount,
        allow: fc.constantFrom(['*'], ['demo/*', 'demo/echo']),
        deny: fc.constantFrom([], ['region:cn', 'gpt-*']),
        rpm: limit,
        tpm: limit,
        concurrency: limit,
        logRetentionDays: fc.integer({ min: 1, max: 30 }),
        seats: limit,
        prepaid: fc.boolean(),
        markupPercent: fc.option(fc.constantFrom('0', '12.5'), { nil: null }),
        public: fc.boolean(),
      }),
      { maxLength: 3 },
    ),
    budgets: fc.uniqueArray(
      fc.record({
        scope: fc.constantFrom('platform', 'plan'),
        limitUsd: amount,
        period: fc.constantFrom('day', 'week', 'month', 'total'),
        action: fc.constantFrom('block', 'warn'),
        warnPercents: fc.subarray([50, 80, 100]),
      }),
      { maxLength: 3, selector: ({ scope, period, action }) => `${scope}${period}${action}` },
    ),
    settings: fc.record({
      markupPercent: fc.constantFrom('0', '20'),
      logBodies: fc.boolean(),
      automaticTax: fc.boolean(),
      includedCreditPerDay: amount,
      signUp: fc.record({ policy: fc.constantFrom('open', 'invite', 'closed'), domains: fc.subarray(['b.example', 'a.example']) }),
      branding: fc.record({
        name: fc.constantFrom('', 'Acme AI'),
        announcement: fc.constantFrom('', 'Back at 9:00 # soon'),
        tone: fc.constantFrom('info', 'warning'),
        senderName: fc.constantFrom('', 'Acme'),
      }),
      abuse: fc.record({ captcha: fc.constantFrom('off', 'turnstile'), siteKey: fc.constant('0x4AAA'), safetyIdentifier: fc.boolean() }),
      deny: fc.subarray([
        { rule: 'region:cn', reason: 'contract 7' },
        { rule: 'gpt-*', reason: '' },
      ]),
    }),
  })
  .map(({ providers, strategies, plans, budgets, settings }) => {
    const models = providers.flatMap(({ models: own }, at) => own.map((model, nth) => ({ id: `m/${at}-${nth}`, provider: `p${at}`, ...model })));
    const chat = models.filter(({ kind }) => kind === 'chat');
    return compact({
      apiVersion: 'fairlead/v1',
      providers: providers.map(({ models: _models, ...provider }, at) => ({ id: `p${at}`, ...provider })),
      models,
      aliases: strategies.map(({ retries, weight, conditions, canary, ...alias }, at) => ({
        name: `alias-${at}`,
        ...alias,
        targets: (chat.length > 0 ? chat : [{ id: 'demo/echo' }]).map(({ id }) => ({ model: id, retries, weight, conditions })),
        ...(canary === undefined ? {} : { canary: { model: chat[0]?.id ?? 'demo/echo', percent: canary } }),
      })),
      plans: [
        { id: 'free', models: { allow: ['*'] } },
        ...plans.map(({ monthly, allow, deny, rpm, tpm, concurrency, ...plan }, at) => ({
          id: `plan-${at}`,
          ...plan,
          price: { monthly },
          models: { allow, deny },
          limits: { rpm, tpm, concurrency },
        })),
      ],
      budgets: budgets.map((budget) => ({ ...budget, ...(budget.scope === 'plan' ? { of: 'free' } : {}) })),
      settings,
    });
  });
