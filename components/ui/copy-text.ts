/** Puts text on the clipboard. Pages served over plain HTTP have no clipboard API, so there a selection is copied. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const holder = document.createElement('textarea');
    holder.value = text;
    holder.style.position = 'fixed';
    holder.style.opacity = '0';
    // Inside an open dialog only its own content can take the focus a selection needs.
    (document.querySelector('[role="dialog"]') ?? document.body).append(holder);
    holder.select();
    const done = document.execCommand('copy');
    holder.remove();
    return done;
  }
}
