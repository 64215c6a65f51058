/** A message at the edge of the page: what was done, or what could not be. */
export interface ToastMessage {
  kind: 'success' | 'error';
  text: string;
}

type Listener = (message: ToastMessage) => void;

let listener: Listener | null = null;
const waiting: ToastMessage[] = [];

function say(message: ToastMessage): void {
  if (listener) listener(message);
  else waiting.push(message);
}

/** Says something at the edge of the page. Light: what draws it is loaded by the first message. */
export const toast = {
  success: (text: string) => say({ kind: 'success', text }),
  error: (text: string) => say({ kind: 'error', text }),
};

/** The one place that shows the messages, those said before it came first. Returns how to stop. */
export function listenToToasts(next: Listener): () => void {
  listener = next;
  for (const message of waiting.splice(0)) next(message);
  return () => {
    if (listener === next) listener = null;
  };
}
