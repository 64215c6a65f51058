import type { Batch, Settlement } from './settlement';
import type { RequestRow } from './types';

/** A call on its way to the database: what ended, or the row of one that began to answer. */
export interface Waiting {
  owner: string;
  call: Settlement | { row: RequestRow };
  since: number;
  /** Its answer went on: it is in the journal. */
  journaled: boolean;
  resolve(): void;
  reject(error: unknown): void;
}

/** A batch whose storing is not proven yet. */
export interface Sent {
  number: number;
  calls: Waiting[];
  batch: Batch;
  executed: boolean;
  /** It was sent before, and may have been executed then. */
  resent: boolean;
}

/** The chain of batches that left and are not proven to be on disk, oldest first. */
export class SentBatches {
  private batches: Sent[] = [];
  /** The last batch that is proven, and whose it was. */
  private proven = { owner: '', number: 0 };

  get size(): number {
    return this.batches.length;
  }

  get first(): Sent | undefined {
    return this.batches[0];
  }

  push(sent: Sent): void {
    this.batches.push(sent);
  }

  nextToSend(): Sent | undefined {
    return this.batches.find(({ executed }) => !executed);
  }

  of(owner: string): Sent[] {
    return this.batches.filter(({ batch }) => batch.owner === owner);
  }

  calls(): Waiting[] {
    return this.batches.flatMap(({ calls }) => calls);
  }

  /** What the database must have settled last to take this one. */
  numberBefore(sent: Sent): number {
    const before = this.batches[this.batches.indexOf(sent) - 1];
    if (before?.batch.owner === sent.batch.owner) return before.number;
    return this.proven.owner === sent.batch.owner ? this.proven.number : 0;
  }

  /** The number up to which the database has executed batches of an owner, as far as we know. */
  executedThrough(owner: string): number {
    return this.batches.findLast(({ executed, batch }) => executed && batch.owner === owner)?.number ?? 0;
  }

  /** The database may have lost what it had executed: everything here is sent again, in order. */
  doubt(): void {
    for (const sent of this.batches) sent.executed = false;
  }

  /** Takes out what is on disk. */
  prove(owner: string, through: number): Sent[] {
    const beyond = this.batches.findIndex((sent) => sent.batch.owner !== owner || sent.number > through);
    const stored = this.batches.splice(0, beyond === -1 ? this.batches.length : beyond);
    const last = stored[stored.length - 1];
    if (last) this.proven = { owner, number: last.number };
    return stored;
  }

  /** The database has less than it had on disk: it was restored, or another took its place. Answers what is gone. */
  goBackTo(owner: string, number: number): string {
    const gone = `batches ${number + 1} to ${this.proven.number} were stored and are gone`;
    this.proven = { owner, number };
    return gone;
  }

  /** Puts others in the place of one, or nothing. */
  replace(sent: Sent, parts: readonly Sent[]): void {
    this.batches.splice(this.batches.indexOf(sent), 1, ...parts);
  }

  remove(gone: readonly Sent[]): void {
    this.batches = this.batches.filter((sent) => !gone.includes(sent));
  }
}
