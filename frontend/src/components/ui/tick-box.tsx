import type { ReactNode } from 'react';
import { Checkbox } from 'react-aria-components/Checkbox';
import { CheckIcon } from './icons';

type TickBoxProps = {
  label: string;
  isSelected: boolean;
  isIndeterminate?: boolean;
  onChange: (isSelected: boolean) => void;
  /** The visible label. Without one, only screen readers get the label. */
  children?: ReactNode;
};

export function TickBox({ label, children, ...props }: TickBoxProps) {
  return (
    <Checkbox
      {...props}
      aria-label={children ? undefined : label}
      className="group inline-flex min-h-6 cursor-pointer items-center gap-2 rounded-md text-sm data-focus-visible:outline-2 data-focus-visible:outline-offset-2 data-focus-visible:outline-accent"
    >
      <span className="flex size-5 shrink-0 items-center justify-center rounded border border-line-strong bg-raised text-on-accent group-data-indeterminate:border-accent group-data-indeterminate:bg-accent group-data-selected:border-accent group-data-selected:bg-accent">
        <span className="hidden group-data-selected:block">
          <CheckIcon />
        </span>
        <span aria-hidden="true" className="hidden h-0.5 w-2.5 bg-on-accent group-data-indeterminate:block" />
      </span>
      {children}
    </Checkbox>
  );
}
