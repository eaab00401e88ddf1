import { FieldError } from 'react-aria-components/FieldError';
import { Label } from 'react-aria-components/Label';
import { TextArea as AriaTextArea } from 'react-aria-components/TextArea';
import { TextField, type TextFieldProps } from 'react-aria-components/TextField';

type TextAreaProps = Omit<TextFieldProps, 'className' | 'children'> & { label: string; rows?: number };

/** A labelled input of several lines. */
export function TextArea({ label, rows = 6, ...props }: TextAreaProps) {
  return (
    <TextField {...props} className="flex flex-col gap-1.5">
      <Label className="text-sm font-semibold">{label}</Label>
      <AriaTextArea
        rows={rows}
        className="rounded-lg border border-line-strong bg-raised px-3.5 py-3 text-base focus:border-accent focus:outline-2 focus:-outline-offset-1 focus:outline-accent data-invalid:border-danger"
      />
      <FieldError className="text-[13px] text-danger" />
    </TextField>
  );
}
