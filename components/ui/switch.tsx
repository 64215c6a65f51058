import type { CheckboxProps } from './checkbox';
import { cn } from './cn';

/** A checkbox of the browser's that says it is a switch: what it changes applies at once. */
export function Switch({ className, checked, onCheckedChange, ...props }: CheckboxProps) {
  return (
    <input
      type="checkbox"
      // biome-ignore lint/a11y/useAriaPropsForRole: a checkbox says by itself whether it is on
      role="switch"
      checked={checked}
      onChange={onCheckedChange && ((event) => onCheckedChange(event.currentTarget.checked))}
      className={cn(
        'relative inline-flex h-6 w-10 shrink-0 appearance-none items-center rounded-full border border-border-strong bg-surface-muted transition-colors before:block before:size-4 before:translate-x-[3px] before:rounded-full before:bg-border-strong before:transition-transform checked:border-primary checked:bg-primary checked:before:translate-x-[19px] checked:before:bg-primary-foreground disabled:opacity-55 forced-colors:appearance-auto',
        className,
      )}
      {...props}
    />
  );
}
