import { Button } from 'react-aria-components/Button';
import { FieldError } from 'react-aria-components/FieldError';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select';
import { CheckIcon, ChevronDownIcon } from './work-icons';

export type Choice<Value extends string = string> = { value: Value; label: string };

type SelectProps<Value extends string> = {
  label: string;
  choices: readonly Choice<Value>[];
  value: Value;
  onChange: (value: Value) => void;
  name?: string;
  /** As low as the other filters of a list, its label only for screen readers. */
  compact?: boolean;
  isDisabled?: boolean;
};

// The library treats an empty key as no selection.
const toKey = (value: string) => `=${value}`;

/** A drop-down list. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, choices, value, onChange, name, compact = false, isDisabled } = props;
  return (
    <div className={compact ? 'min-w-0' : 'flex flex-col gap-1.5'}>
      <AriaSelect
        aria-label={compact ? label : undefined}
        isDisabled={isDisabled}
        value={toKey(value)}
        onChange={(key) => {
          const chosen = choices.find((choice) => toKey(choice.value) === key);
          if (chosen) onChange(chosen.value);
        }}
        className="flex flex-col gap-1.5"
      >
        {!compact && <Label className="text-sm font-semibold">{label}</Label>}
        <Button
          className={`flex w-full cursor-pointer items-center justify-between gap-2 rounded-lg border bg-raised text-left disabled:cursor-not-allowed disabled:opacity-45 ${
            compact
              ? 'h-10 border-line pr-2.5 pl-3 text-sm hover:border-line-strong'
              : 'h-12 border-line-strong pr-3 pl-3.5 text-base'
          }`}
        >
          <SelectValue className="truncate">{({ selectedText }) => selectedText}</SelectValue>
          <ChevronDownIcon />
        </Button>
        <FieldError className="text-[13px] text-danger" />
        <Popover
          offset={4}
          className="max-h-80 min-w-(--trigger-width) overflow-y-auto rounded-xl border border-line bg-raised p-1 shadow-pop"
        >
          <ListBox className="outline-none">
            {choices.map((choice) => (
              <ListBoxItem
                key={choice.value}
                id={toKey(choice.value)}
                textValue={choice.label}
                className="group flex min-h-9 cursor-pointer items-center justify-between gap-4 rounded-lg px-3 py-1.5 text-sm outline-none data-focused:bg-surface data-selected:font-bold data-selected:text-accent-strong"
              >
                {choice.label}
                <span className="invisible group-data-selected:visible">
                  <CheckIcon />
                </span>
              </ListBoxItem>
            ))}
          </ListBox>
        </Popover>
      </AriaSelect>
      {name && <input type="hidden" name={name} value={value} />}
    </div>
  );
}
