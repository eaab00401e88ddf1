import type { ReactNode } from 'react';
import { buttonStyles, type ButtonLook } from './button-styles';

type ButtonProps = ButtonLook & {
  type?: 'button' | 'submit';
  isDisabled?: boolean;
  'aria-label'?: string;
  onPress?: () => void;
  children: ReactNode;
};

/**
 * The browser's own button: it does all that a button does, and the library's is a tenth of what the catalogue may download.
 * Parts of the library that hand their children something (a file trigger, a number field) want the library's instead.
 */
export function Button({ variant, size, wide, ...props }: ButtonProps) {
  return <PlainButton {...props} className={buttonStyles({ variant, size, wide })} />;
}

type IconButtonProps = Omit<ButtonProps, keyof ButtonLook | 'aria-label'> & {
  label: string;
  /** For dark backgrounds (light ones in the dark theme). */
  inverse?: boolean;
};

/** A square button that shows only an icon; its label is for screen readers. */
export function IconButton({ label, inverse = false, ...props }: IconButtonProps) {
  const colours = inverse ? 'text-current' : 'text-ink-soft hover:bg-surface hover:text-ink';
  return (
    <PlainButton
      {...props}
      aria-label={label}
      className={`inline-flex size-10 shrink-0 cursor-pointer items-center justify-center rounded-lg transition-colors pointer-coarse:size-11 ${colours}`}
    />
  );
}

function PlainButton({ isDisabled, onPress, type = 'button', ...props }: ButtonProps & { className: string }) {
  return <button {...props} type={type} disabled={isDisabled} onClick={onPress && (() => onPress())} />;
}
