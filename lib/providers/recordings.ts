import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Usage } from '@/lib/kernel/usage';
import type { Adapter, StreamPart, Surface } from './contract';
import { findDialect } from './registry';

/** One recorded answer and what it is to be understood as; a line of `__fixtures__/manifest.json`. */
export interface Recording {
  file: string;
  provider: string;
  kind: 'stream' | 'nonstream' | 'error';
  /** The surface it answers, where it is not the provider's usual one. */
  surface?: Surface;
  status: number;
  headers?: Record<string, string>;
  /** Written from the documentation, where no recording was at hand. */
  synthetic?: boolean;
  expect: {
    text?: string;
    partialText?: string;
    reasoning?: string;
    usage?: Pick<Usage, 'input' | 'cacheRead' | 'cacheWrite' | 'output' | 'reasoning'> & { cacheWrite1h?: number } | null;
    usagePartial?: Partial<Usage>;
    /** In the provider's own words. */
    finish?: string;
    tools?: { name: string; arguments: string }[];
    class?: string;
    retryable?: boolean;
    error?: { class: string };
    comments?: number;
  };
}

const FOLDER = path.join(import.meta.dirname, '__fixtures__');

export const RECORDINGS = (JSON.parse(readFileSync(path.join(FOLDER, 'manifest.json'), 'utf8')) as { files: Recording[] }).files;

export function readRecording({ file }: Recording): Buffer {
  return readFileSync(path.join(FOLDER, file));
}

/** The surfaces a recording is read on: its own, else chat, and Messages too where that is the provider's family. */
export function surfacesFor(adapter: Adapter, recording: Recording): readonly Surface[] {
  if (recording.surface) return [recording.surface];
  return adapter.dialect === 'anthropic-messages' ? ['messages', 'chat'] : ['chat'];
}

/** Reads a stream from pieces as they would arrive. */
export function readStream(adapter: Adapter, surface: Surface, pieces: readonly Uint8Array[]) {
  const reader = findDialect(adapter.dialect).reader(surface, adapter.quirks ?? {});
  const parts = pieces.flatMap((piece) => reader.push(piece));
  parts.push(...reader.end());
  return { parts, usage: reader.usage(), suspect: reader.usageSuspect(), id: reader.id(), prompt: reader.promptUsage?.() ?? null };
}

/** Cuts bytes at pseudo-random places, one byte to 64 at a time. */
export function cutBytes(bytes: Buffer, seed: number): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let state = seed;
  for (let at = 0; at < bytes.length; ) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    const size = 1 + ((state >>> 16) % 64);
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
}

export function textOf(parts: readonly StreamPart[], side: 'text' | 'reasoning'): string {
  return parts.map((part) => (part.kind === 'content' || part.kind === 'finish' ? part[side] : '')).join('');
}

/** The finish in the provider's own words. */
export function nativeFinish(frame: Record<string, unknown>, finish: string | null): string | null {
  const [choice] = (frame.choices ?? []) as { native_finish_reason?: string }[];
  return choice?.native_finish_reason ?? finish;
}

interface CallPiece {
  index?: number;
  id?: string;
  function?: { name?: string; arguments?: string };
}

/** The tool calls of a chat stream, put together as a client does. */
export function callsOf(parts: readonly StreamPart[]): { id: string; name: string; arguments: string }[] {
  const calls: { id: string; name: string; arguments: string }[] = [];
  for (const part of parts) {
    if (part.kind !== 'content' && part.kind !== 'finish') continue;
    const [choice] = (part.chunk.choices ?? []) as { delta?: { tool_calls?: CallPiece[] } }[];
    for (const piece of choice?.delta?.tool_calls ?? []) {
      const call = (calls[piece.index ?? 0] ??= { id: '', name: '', arguments: '' });
      if (piece.id) call.id = piece.id;
      if (piece.function?.name) call.name = piece.function.name;
      call.arguments += piece.function?.arguments ?? '';
    }
  }
  return calls;
}
