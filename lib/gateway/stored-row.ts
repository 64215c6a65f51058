/** How long a call may run before its row is written ahead of its end. */
const OPEN_AFTER_MS = 25;

/**
 * The request row of a call, on its way to the database. A stream's row is written while its upstream works; any other
 * when its first byte is due, or after a moment; a call that ends sooner is written once, complete.
 */
export class StoredRow {
  private writing: Promise<void> | null = null;
  private readonly timer: NodeJS.Timeout | null;

  constructor(
    private readonly write: () => Promise<void>,
    now: boolean,
  ) {
    this.timer = now ? null : setTimeout(() => this.writeAhead(), OPEN_AFTER_MS);
    if (now) this.writeAhead();
  }

  /** Resolves when the row is stored. */
  store(): Promise<void> {
    this.ended();
    this.writing ??= this.write();
    return this.writing;
  }

  /** The call has ended: its settlement writes the row, whether it is there or not. */
  ended(): void {
    if (this.timer) clearTimeout(this.timer);
  }

  private writeAhead(): void {
    this.store().catch(() => undefined);
  }
}
