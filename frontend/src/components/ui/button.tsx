import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import type { ReactNode } from 'react';
import { buttonStyles, type ButtonLook } from './button-styles';

type ButtonProps = Omit<AriaButtonProps, 'className' | 'style' | 'children'> & ButtonLook & { children: ReactNode };

export function Button({ variant, size, wide, ...props }: ButtonProps) {
  return <AriaButton {...props} className={buttonStyles({ variant, size, wide })} />;
}

/** A square button that shows only an icon; its label is for screen readers and the tooltip. */
export function IconButton({
  label,
  ...props
}: Omit<ButtonProps, keyof ButtonLook | 'aria-label'> & { label: string }) {
  return (
    <AriaButton
      {...props}
      aria-label={label}
      className="inline-flex size-10 shrink-0 cursor-pointer items-center justify-center rounded-lg text-ink-soft transition-colors hover:bg-surface hover:text-ink disabled:cursor-not-allowed disabled:opacity-45"
    />
  );
}
