import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextField as AriaTextField, type TextFieldProps as AriaTextFieldProps } from 'react-aria-components/TextField';

type TextFieldProps = Omit<AriaTextFieldProps, 'className' | 'children' | 'placeholder'> & {
  label: string;
  hint?: string;
  placeholder?: string;
};

/** A labelled input with its hint and its error. */
export function TextField({ label, hint, placeholder, ...props }: TextFieldProps) {
  return (
    <AriaTextField {...props} className="group flex flex-col gap-1.5">
      <Label className="text-sm font-semibold">
        {label}
        {props.isRequired && (
          <span aria-hidden="true" className="text-accent">
            {' *'}
          </span>
        )}
      </Label>
      <Input
        placeholder={placeholder}
        className="h-12 rounded-lg border border-line-strong bg-raised px-3.5 text-base placeholder:text-ink-faint focus:border-accent focus:outline-2 focus:-outline-offset-1 focus:outline-accent data-invalid:border-danger"
      />
      {hint && (
        <Text slot="description" className="text-[13px] text-ink-faint group-data-invalid:hidden">
          {hint}
        </Text>
      )}
      <FieldError className="text-[13px] text-danger" />
    </AriaTextField>
  );
}
