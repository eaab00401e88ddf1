import { Button } from 'react-aria-components/Button';
import { ComboBox } from 'react-aria-components/ComboBox';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Text } from 'react-aria-components/Text';
import { ChevronDownIcon } from './work-icons';

type SuggestFieldProps = {
  label: string;
  name: string;
  hint?: string;
  defaultValue: string;
  suggestions: readonly string[];
  isRequired?: boolean;
  onChange?: () => void;
};

/** A text field that suggests known values but accepts any. */
export function SuggestField({
  label,
  name,
  hint,
  defaultValue,
  suggestions,
  isRequired,
  onChange,
}: SuggestFieldProps) {
  return (
    <ComboBox
      name={name}
      formValue="text"
      allowsCustomValue
      menuTrigger="focus"
      isRequired={isRequired}
      defaultInputValue={defaultValue}
      onInputChange={onChange}
      className="group flex flex-col gap-1.5"
    >
      <Label className="text-sm font-semibold">
        {label}
        {isRequired && (
          <span aria-hidden="true" className="text-accent">
            {' *'}
          </span>
        )}
      </Label>
      <div className="relative">
        <Input className="h-12 w-full rounded-lg border border-line-strong bg-raised pr-10 pl-3.5 text-base focus:border-accent focus:outline-2 focus:-outline-offset-1 focus:outline-accent data-invalid:border-danger" />
        <Button className="absolute inset-y-0 right-0 flex w-11 cursor-pointer items-center justify-center text-ink-soft">
          <ChevronDownIcon />
        </Button>
      </div>
      {hint && (
        <Text slot="description" className="text-[13px] text-ink-faint group-data-invalid:hidden">
          {hint}
        </Text>
      )}
      <FieldError className="text-[13px] text-danger" />
      <Popover className="max-h-72 w-(--trigger-width) overflow-y-auto rounded-xl border border-line bg-raised p-1 shadow-pop">
        <ListBox className="outline-none">
          {suggestions.map((suggestion) => (
            <ListBoxItem
              key={suggestion}
              id={suggestion}
              textValue={suggestion}
              className="min-h-9 cursor-pointer rounded-lg px-3 py-2 text-sm outline-none data-focused:bg-surface"
            >
              {suggestion}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
