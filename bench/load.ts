import autocannon from 'autocannon';

export interface Load {
  requestsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  errors: number;
}

export interface Target {
  name: string;
  url: string;
  key: string;
}

/** Loads one target over 16 connections for some seconds with one chat call after the other. */
export async function load(target: Target, options: { stream: boolean; seconds: number; connections: number }): Promise<Load> {
  const result = await autocannon({
    url: target.url,
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${target.key}` },
    body: JSON.stringify({
      model: 'bench',
      messages: [{ role: 'user', content: 'Say hello.' }],
      max_tokens: 20,
      ...(options.stream ? { stream: true, stream_options: { include_usage: true } } : {}),
    }),
    connections: options.connections,
    duration: options.seconds,
  });
  return { requestsPerSecond: result['2xx'] / result.duration, p50Ms: result.latency.p50, p99Ms: result.latency.p99, errors: result.errors + result.non2xx };
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}
