'use client';

import { cloneElement, type ReactElement, type ReactNode, useId } from 'react';
import { cn } from './cn';
import { Label } from './label';

interface FieldProps {
  label: ReactNode;
  /** Stands beside the label, muted: "optional", a unit. */
  note?: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  className?: string;
  /** One control. It receives id, aria-describedby and aria-invalid. */
  children: ReactElement<{ id?: string; 'aria-describedby'?: string; 'aria-invalid'?: boolean }>;
}

/** A control with its visible label, hint and error, tied together for assistive technology. */
export function Field({ label, note, hint, error, className, children }: FieldProps) {
  const generated = useId();
  const id = children.props.id ?? generated;
  const describedBy = [hint ? `${id}-hint` : null, error ? `${id}-error` : null].filter(Boolean).join(' ') || undefined;
  return (
    <div className={cn('grid content-start gap-1.5', className)}>
      <div className="flex items-baseline justify-between gap-3">
        <Label htmlFor={id}>{label}</Label>
        {note && <span className="text-xs text-muted-foreground">{note}</span>}
      </div>
      {cloneElement(children, { id, 'aria-describedby': describedBy, 'aria-invalid': error ? true : undefined })}
      {hint && (
        <p id={`${id}-hint`} className="text-xs text-muted-foreground">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} role="alert" className="text-xs text-danger">
          {error}
        </p>
      )}
    </div>
  );
}
