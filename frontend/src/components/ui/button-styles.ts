export type ButtonLook = {
  variant?: 'primary' | 'secondary' | 'quiet' | 'danger';
  size?: 'small' | 'medium' | 'large';
  wide?: boolean;
};

const variants = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong',
  secondary: 'border border-line bg-raised text-ink hover:border-line-strong',
  quiet: 'text-ink-soft hover:bg-surface hover:text-ink',
  danger: 'bg-danger text-canvas hover:opacity-90',
};

const sizes = {
  small: 'h-9 px-2.5 text-sm sm:px-3 pointer-coarse:h-11',
  medium: 'h-11 px-4 text-[15px]',
  large: 'h-13 px-6 text-base',
};

/** Buttons and links that look like buttons share one look. */
export function buttonStyles({ variant = 'primary', size = 'medium', wide = false }: ButtonLook) {
  return [
    'inline-flex shrink-0 cursor-pointer items-center justify-center gap-1.5 rounded-lg font-semibold whitespace-nowrap transition-colors',
    'disabled:cursor-not-allowed disabled:opacity-45',
    variants[variant],
    sizes[size],
    wide ? 'w-full' : '',
  ].join(' ');
}
