/** What one stream, and all streams of this process together, may hold back. */
const MAX_STREAM_BYTES = 1024 * 1024;
const MAX_PROCESS_BYTES = 64 * 1024 * 1024;

/** Counts the bytes of one answer that is held back until it is whole. */
export class HeldAnswer {
  private bytes = 0;

  constructor(private readonly process: { bytes: number }) {}

  /** False: there is no room to hold this too, and the answer must go on as it comes. */
  keep(text: string): boolean {
    const size = Buffer.byteLength(text);
    this.bytes += size;
    this.process.bytes += size;
    return this.bytes <= MAX_STREAM_BYTES && this.process.bytes <= MAX_PROCESS_BYTES;
  }

  release(): void {
    this.process.bytes -= this.bytes;
    this.bytes = 0;
  }
}
