import type { IncomingHttpHeaders } from 'node:http';

/** One request as the fake upstream saw it. Times are Unix milliseconds. */
export interface LoggedRequest {
  at: number;
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  /** Parsed; the text itself when it is not JSON. */
  body: unknown;
  bodyBytes: number;
  model: string;
  stream: boolean;
  /** Null until the head of an answer was sent. */
  status: number | null;
  bytesSent: number;
  /** Events of a stream sent so far. */
  eventsSent: number;
  /** When the answer was complete, or broken on purpose. */
  finishedAt: number | null;
  /** When the peer closed its connection before the answer was complete. */
  peerClosedAt: number | null;
}
