import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import {
  NumberField as AriaNumberField,
  type NumberFieldProps as AriaNumberFieldProps,
} from 'react-aria-components/NumberField';
import { Text } from 'react-aria-components/Text';

type NumberFieldProps = Omit<AriaNumberFieldProps, 'className' | 'children' | 'formatOptions'> & {
  label: string;
  hint?: string;
  /** Negative numbers are allowed, so positive ones show a plus sign. */
  isDifference?: boolean;
};

/** A field for a whole number, grouped with commas. */
export function NumberField({ label, hint, isDifference = false, ...props }: NumberFieldProps) {
  return (
    <AriaNumberField
      {...props}
      formatOptions={{ maximumFractionDigits: 0, signDisplay: isDifference ? 'exceptZero' : 'auto' }}
      className="group flex flex-col gap-1.5"
    >
      <Label className="text-sm font-semibold">
        {label}
        {props.isRequired && (
          <span aria-hidden="true" className="text-accent">
            {' *'}
          </span>
        )}
      </Label>
      <Input className="h-12 w-full min-w-0 rounded-lg border border-line-strong bg-raised px-3.5 text-right text-base tabular-nums focus:border-accent focus:outline-2 focus:-outline-offset-1 focus:outline-accent data-invalid:border-danger" />
      {hint && (
        <Text slot="description" className="text-[13px] text-ink-faint group-data-invalid:hidden">
          {hint}
        </Text>
      )}
      <FieldError className="text-[13px] text-danger" />
    </AriaNumberField>
  );
}
