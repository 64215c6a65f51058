/** Text that scrolls by itself, with the keyboard too. */
export function Block({ label, text }: { label: string; text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a block that scrolls must be reachable by keyboard
    <pre tabIndex={0} role="region" aria-label={label} className="mt-2 max-h-96 overflow-auto rounded-md border bg-background p-3 text-xs">
      {text}
    </pre>
  );
}
