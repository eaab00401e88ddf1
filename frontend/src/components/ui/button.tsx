import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import type { ReactNode } from 'react';
import { buttonStyles, type ButtonLook } from './button-styles';

type ButtonProps = Omit<AriaButtonProps, 'className' | 'style' | 'children'> & ButtonLook & { children: ReactNode };

export function Button({ variant, size, wide, ...props }: ButtonProps) {
  return <AriaButton {...props} className={buttonStyles({ variant, size, wide })} />;
}

type IconButtonProps = Omit<ButtonProps, keyof ButtonLook | 'aria-label'> & {
  label: string;
  /** Stands on a dark ground (a light one in the dark theme). */
  inverse?: boolean;
};

/** A square button that shows only an icon; its label is for screen readers. */
export function IconButton({ label, inverse = false, ...props }: IconButtonProps) {
  const colours = inverse ? 'text-current' : 'text-ink-soft hover:bg-surface hover:text-ink';
  return (
    <AriaButton
      {...props}
      aria-label={label}
      className={`inline-flex size-10 shrink-0 cursor-pointer items-center justify-center rounded-lg transition-colors ${colours}`}
    />
  );
}
