import { expect, it } from 'vitest';
import { RetryBudget } from './retry-budget';

it.each([1, 2])('D18 retries stay below 20 %% of requests plus 10 a second, divided by %i processes', (processes) => {
  let now = 0;
  const budget = new RetryBudget(() => now, () => processes);
  let requests = 0;
  let retries = 0;
  for (; now < 30_000; now += 10) {
    for (let call = 0; call < 5; call++) {
      requests += 1;
      budget.deposit('u');
      if (budget.withdraw('u')) retries += 1;
    }
  }
  expect(retries).toBeLessThanOrEqual(requests * 0.2 + (10 / processes) * 31);
  expect(retries).toBeGreaterThan(requests * 0.2);
});
