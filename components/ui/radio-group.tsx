'use client';

import { type ComponentProps, createContext, use, useId } from 'react';
import { cn } from './cn';

interface Choice {
  name: string;
  value: string;
  disabled?: boolean;
  choose?: (value: string) => void;
}

const Context = createContext<Choice | null>(null);

interface RadioGroupProps extends ComponentProps<'div'> {
  value: string;
  onValueChange?: (value: string) => void;
  disabled?: boolean;
}

/** One choice of several. The browser moves between them by its own keys, because they share a name. */
export function RadioGroup({ className, value, onValueChange, disabled, ...props }: RadioGroupProps) {
  const name = useId();
  return (
    <Context value={{ name, value, disabled, choose: onValueChange }}>
      <div role="radiogroup" className={cn('grid gap-2', className)} {...props} />
    </Context>
  );
}

export function RadioGroupItem({ className, value, disabled, ...props }: Omit<ComponentProps<'input'>, 'type' | 'value'> & { value: string }) {
  const group = use(Context);
  if (!group) throw new Error('A choice stands outside of its group');
  return (
    <input
      type="radio"
      name={group.name}
      value={value}
      checked={group.value === value}
      disabled={disabled ?? group.disabled}
      onChange={() => group.choose?.(value)}
      className={cn(
        'relative grid size-4 shrink-0 appearance-none place-items-center rounded-full border border-input bg-surface transition-colors before:size-1.5 before:rounded-full after:absolute after:-inset-1 checked:border-primary checked:bg-primary checked:before:bg-primary-foreground disabled:opacity-55 forced-colors:appearance-auto',
        className,
      )}
      {...props}
    />
  );
}
