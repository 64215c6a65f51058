/** One item of a batch that the database refuses, while the rest of the batch is stored. */
export class Refused {
  constructor(readonly reason: unknown) {}
}

interface Waiting<Item, Answer> {
  item: Item;
  since: number;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/**
 * Group commit: while one batch is on its way to the database, arrivals queue up and leave together as the next.
 * A lone call waits for nothing; under load one commit carries hundreds.
 */
export class Batcher<Item, Answer> {
  private queue: Waiting<Item, Answer>[] = [];
  private inFlight: Waiting<Item, Answer>[] = [];
  private running = false;
  private failures = 0;
  private idle: (() => void)[] = [];

  constructor(
    private readonly options: {
      maxBatch: number;
      flush(items: Item[]): Promise<(Answer | Refused)[]>;
      /** `reject`: tell the callers. `retry`: keep the batch and try again until it is stored. */
      onFailure: 'reject' | 'retry';
      monotonic(): number;
      onError(error: unknown, size: number): void;
    },
  ) {}

  add(item: Item): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.queue.push({ item, since: this.options.monotonic(), resolve, reject });
      if (!this.running) void this.run();
    });
  }

  /** Age in milliseconds of the oldest item that is not stored yet, and whether the last flush failed. */
  backlog(): { oldestMs: number; size: number; failing: boolean } {
    const oldest = this.inFlight[0] ?? this.queue[0];
    return {
      oldestMs: oldest ? this.options.monotonic() - oldest.since : 0,
      size: this.inFlight.length + this.queue.length,
      failing: this.failures > 0,
    };
  }

  /** Resolves when nothing waits any more. */
  drained(): Promise<void> {
    if (!this.running) return Promise.resolve();
    return new Promise((resolve) => this.idle.push(resolve));
  }

  private async run(): Promise<void> {
    this.running = true;
    // One turn of the event loop lets calls that arrived together leave together.
    await new Promise(setImmediate);
    while (this.queue.length > 0) {
      this.inFlight = this.queue.splice(0, this.options.maxBatch);
      while (this.inFlight.length > 0) await this.flushOnce();
    }
    this.running = false;
    for (const resolve of this.idle.splice(0)) resolve();
  }

  private async flushOnce(): Promise<void> {
    const batch = this.inFlight;
    try {
      const answers = await this.options.flush(batch.map((waiting) => waiting.item));
      this.failures = 0;
      this.inFlight = [];
      batch.forEach((waiting, index) => {
        const answer = answers[index];
        if (answer instanceof Refused) waiting.reject(answer.reason);
        else waiting.resolve(answer as Answer);
      });
    } catch (error) {
      this.failures += 1;
      this.options.onError(error, batch.length);
      if (this.options.onFailure === 'reject') {
        this.inFlight = [];
        for (const waiting of batch) waiting.reject(error);
      } else {
        await new Promise((resolve) => setTimeout(resolve, Math.min(50 * 2 ** Math.min(this.failures, 6), 1_000)));
      }
    }
  }
}
