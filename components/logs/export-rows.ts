/** How far an export is. `rows` counts what has arrived. */
export interface ExportProgress {
  rows: number;
  bytes: number;
}

/**
 * Reads an export to its end and hands it to the browser as a file, telling how many rows arrived on the way. A CSV's
 * line of headings is not a row. Throws where the server breaks off or the signal does.
 */
export async function exportRows(url: string, format: 'csv' | 'jsonl', signal: AbortSignal, onProgress: (progress: ExportProgress) => void): Promise<void> {
  const response = await fetch(url, { signal });
  if (!response.ok || !response.body) throw new Error(`${response.status}`);
  const parts: BlobPart[] = [];
  const progress: ExportProgress = { rows: format === 'csv' ? -1 : 0, bytes: 0 };
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    progress.bytes += part.value.byteLength;
    for (const byte of part.value) if (byte === LINE_FEED) progress.rows += 1;
    onProgress({ ...progress, rows: Math.max(0, progress.rows) });
  }
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? `requests.${format}`;
  save(new Blob(parts, { type: response.headers.get('content-type') ?? undefined }), name);
}

const LINE_FEED = 0x0a;
/** Long enough for a browser to have taken the file. */
const KEEP_MS = 60_000;

function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEEP_MS);
}
