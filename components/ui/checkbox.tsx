import type { ComponentProps } from 'react';
import { cn } from './cn';

export interface CheckboxProps extends Omit<ComponentProps<'input'>, 'type' | 'checked' | 'onChange'> {
  checked?: boolean;
  onCheckedChange?: (checked: boolean) => void;
}

/** The browser's own checkbox in our looks (`.tick` draws the mark). It submits with its form like any other field. */
export function Checkbox({ className, checked, onCheckedChange, ...props }: CheckboxProps) {
  return (
    <input
      type="checkbox"
      checked={checked}
      onChange={onCheckedChange && ((event) => onCheckedChange(event.currentTarget.checked))}
      className={cn(
        'tick relative grid size-4 shrink-0 place-items-center rounded-sm border border-input bg-surface transition-colors after:absolute after:-inset-1 checked:border-primary checked:bg-primary disabled:opacity-55',
        className,
      )}
      {...props}
    />
  );
}
