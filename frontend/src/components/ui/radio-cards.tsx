import type { ReactNode } from 'react';
import { Label } from 'react-aria-components/Label';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';

type Choice<Value extends string> = { value: Value; label: string; text?: ReactNode };

type RadioCardsProps<Value extends string> = {
  label: string;
  value: Value;
  choices: readonly Choice<Value>[];
  onChange: (value: Value) => void;
};

/** One of a few, each with a line about it. */
export function RadioCards<Value extends string>({ label, value, choices, onChange }: RadioCardsProps<Value>) {
  return (
    <RadioGroup value={value} onChange={(chosen) => onChange(chosen as Value)} className="flex flex-col gap-3">
      <Label className="text-lg font-bold">{label}</Label>
      <div className="grid gap-3 sm:grid-cols-2">
        {choices.map((choice) => (
          <Radio
            key={choice.value}
            value={choice.value}
            className="group flex cursor-pointer items-start gap-3 rounded-xl border border-line-strong bg-raised p-4 data-focus-visible:outline-2 data-focus-visible:outline-offset-2 data-focus-visible:outline-accent data-selected:border-accent data-selected:bg-accent-wash data-selected:ring-1 data-selected:ring-accent"
          >
            <span
              aria-hidden="true"
              className="mt-0.5 flex size-5 shrink-0 items-center justify-center rounded-full border-2 border-line-strong group-data-selected:border-accent"
            >
              <span className="size-2.5 rounded-full group-data-selected:bg-accent" />
            </span>
            <span>
              <span className="block font-semibold">{choice.label}</span>
              {choice.text && <span className="mt-0.5 block text-sm text-ink-soft">{choice.text}</span>}
            </span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
