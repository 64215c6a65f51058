/** What one stream, and all streams of this process together, may hold back. */
const MAX_STREAM_BYTES = 1024 * 1024;
const MAX_PROCESS_BYTES = 64 * 1024 * 1024;

/** An answer that is held back until it is whole, where its alias asks for that, and as long as there is room for it. */
export class HeldAnswer {
  private bytes = 0;

  constructor(
    private readonly process: { bytes: number },
    private holding: boolean,
    /** Hears once how the holding ended: with the whole answer, or because it grew too large and goes on as it comes. */
    private readonly onLetGo: (as: 'hold' | 'overflow') => void,
  ) {}

  /** Whether what comes is held back. */
  get holds(): boolean {
    return this.holding;
  }

  /** Counts what is held. */
  keep(text: string): void {
    if (!this.holding) return;
    const size = Buffer.byteLength(text);
    this.bytes += size;
    this.process.bytes += size;
    if (this.bytes > MAX_STREAM_BYTES || this.process.bytes > MAX_PROCESS_BYTES) this.letGo('overflow');
  }

  /** From here on nothing is held any more. */
  letGo(as: 'hold' | 'overflow'): void {
    if (!this.holding) return;
    this.release();
    this.onLetGo(as);
  }

  /** Gives the room back, also where nothing of the answer will leave. */
  release(): void {
    this.holding = false;
    this.process.bytes -= this.bytes;
    this.bytes = 0;
  }
}
