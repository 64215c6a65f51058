/** How long a call may run before its row is written ahead of its end. */
const OPEN_AFTER_MS = 25;

/**
 * The request row of a call, on its way to the database. A stream's row is stored with its hold. Any other is stored when
 * its first byte is due, or after a moment; a call that ends sooner is written once, complete.
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

  /**
   * The call has ended. Resolves when a write that began is over, well or not, so that completing the row comes after it:
   * true when the row may be there already.
   */
  async settled(): Promise<boolean> {
    if (this.timer) clearTimeout(this.timer);
    if (!this.writing) return false;
    await this.writing.catch(() => undefined);
    return true;
  }
}
