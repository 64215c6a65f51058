/** How long a call without a hold may run before its row is written ahead of its end. */
const OPEN_AFTER_MS = 25;

/**
 * The request row of a call, on its way to the database. A call with a hold was stored together with it. A call without
 * one is stored when its first byte is due, or after a moment; one that ends sooner is written once, complete.
 */
export class StoredRow {
  private writing: Promise<void> | null = null;
  private timer: NodeJS.Timeout | null = null;

  private constructor(private readonly write: (() => Promise<unknown>) | null) {
    if (write) this.timer = setTimeout(() => void this.store().catch(() => undefined), OPEN_AFTER_MS);
    else this.writing = Promise.resolve();
  }

  static already(): StoredRow {
    return new StoredRow(null);
  }

  static later(write: () => Promise<unknown>): StoredRow {
    return new StoredRow(write);
  }

  /** Resolves when the row is stored; rejects when the database cannot. */
  store(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.writing ??= (this.write as () => Promise<unknown>)().then(() => undefined);
    return this.writing;
  }

  /** The call has ended: resolves when a write that began is over, well or not, so that completing the row comes after it. */
  async settled(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    await this.writing?.catch(() => undefined);
  }
}
