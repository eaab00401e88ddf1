import { Button } from 'react-aria-components/Button';
import { Group } from 'react-aria-components/Group';
import { Input } from 'react-aria-components/Input';
import { NumberField } from 'react-aria-components/NumberField';
import { CartAddIcon, MinusIcon } from './icons';

type QuantityFieldProps = { label: string; value: number; max: number; onChange: (quantity: number) => void };

const step = 'flex w-10 cursor-pointer items-center justify-center text-ink-soft hover:text-ink disabled:opacity-35';

/** A quantity, typed or stepped, from 1 to what may be ordered. */
export function QuantityField({ label, value, max, onChange }: QuantityFieldProps) {
  return (
    <NumberField
      aria-label={label}
      value={value}
      minValue={1}
      maxValue={Math.max(1, max)}
      onChange={(quantity) => onChange(Number.isNaN(quantity) ? 1 : quantity)}
    >
      <Group className="inline-flex h-10 rounded-lg border border-line bg-raised focus-within:border-accent">
        <Button slot="decrement" className={step}>
          <MinusIcon />
        </Button>
        <Input className="w-10 bg-transparent text-center text-[15px] font-semibold tabular-nums outline-none" />
        <Button slot="increment" className={step}>
          <CartAddIcon />
        </Button>
      </Group>
    </NumberField>
  );
}
