import { Input } from 'react-aria-components/Input';
import { TextField } from 'react-aria-components/TextField';

type PeriodFilterProps = {
  fromLabel: string;
  toLabel: string;
  from: string;
  to: string;
  onChange: (period: { from?: string; to?: string }) => void;
};

/** Filters a list by first and last day. */
export function PeriodFilter({ fromLabel, toLabel, from, to, onChange }: PeriodFilterProps) {
  return (
    <div className="col-span-2 flex items-center gap-1.5">
      <Day label={fromLabel} value={from} max={to} onChange={(day) => onChange({ from: day })} />
      <span aria-hidden="true" className="text-ink-faint">
        ~
      </span>
      <Day label={toLabel} value={to} min={from} onChange={(day) => onChange({ to: day })} />
    </div>
  );
}

type DayProps = { label: string; value: string; min?: string; max?: string; onChange: (day: string) => void };

/** Browsers report only complete dates. The filter applies on blur, so that a half-typed date never counts. */
function Day({ label, value, min, max, onChange }: DayProps) {
  return (
    <TextField key={value} aria-label={label} type="date" defaultValue={value} className="min-w-0 flex-1 md:flex-none">
      <Input
        min={min || undefined}
        max={max || undefined}
        onBlur={({ target }) => target.value !== value && onChange(target.value)}
        onKeyDown={({ key, currentTarget }) => {
          if (key === 'Enter' && currentTarget.value !== value) onChange(currentTarget.value);
        }}
        className="h-10 w-full rounded-lg border border-line bg-raised px-2.5 text-sm tabular-nums hover:border-line-strong focus:border-accent focus:outline-2 focus:-outline-offset-1 focus:outline-accent md:w-36"
      />
    </TextField>
  );
}
