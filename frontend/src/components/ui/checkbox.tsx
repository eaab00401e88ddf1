import { Checkbox as AriaCheckbox, type CheckboxProps } from 'react-aria-components/Checkbox';
import { CheckIcon } from './icons';

export function Checkbox({ children, ...props }: Omit<CheckboxProps, 'children' | 'className'> & { children: string }) {
  return (
    <AriaCheckbox {...props} className="group flex h-9 cursor-pointer items-center gap-2 text-sm select-none">
      <span className="flex size-5 items-center justify-center rounded-md border border-line-strong bg-raised text-transparent transition-colors group-data-focus-visible:outline-2 group-data-focus-visible:outline-offset-2 group-data-focus-visible:outline-accent group-data-selected:border-accent group-data-selected:bg-accent group-data-selected:text-on-accent">
        <CheckIcon />
      </span>
      {children}
    </AriaCheckbox>
  );
}
