/** How long a call may run before its row is written ahead of its end. */
const OPEN_AFTER_MS = 25;

/**
 * The request row of a call, on its way to the database: written when its first byte is due, or after a moment. A call that
 * ends sooner is written once, complete.
 */
export class StoredRow {
  private writing: Promise<void> | null = null;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly write: () => Promise<void>) {
    this.timer = setTimeout(() => this.store().catch(() => undefined), OPEN_AFTER_MS);
  }

  /** Whether the row was sent ahead of the call's end. */
  get opened(): boolean {
    return this.writing !== null;
  }

  /** Resolves when the row is stored. */
  store(): Promise<void> {
    this.ended();
    this.writing ??= this.write();
    return this.writing;
  }

  /** The call has ended: its settlement writes the row, whether it is there or not. */
  ended(): void {
    clearTimeout(this.timer);
  }
}
