import { useState } from 'react';
import { Form } from 'react-aria-components/Form';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/text-field';
import { adminWords, type AdminKey } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import type { Period } from '../api/get-reconciliation';
import { daysIn, maxDays } from '../period';

type PeriodFormProps = { period: Period; busy: boolean; onSubmit: (period: Period) => void };

export function PeriodForm({ period, busy, onSubmit }: PeriodFormProps) {
  const { t } = useTranslate(adminWords);
  const [problem, setProblem] = useState<AdminKey | null>(null);
  return (
    <Form
      validationBehavior="aria"
      validationErrors={problem ? { to: [t(problem)] } : {}}
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        const typed = { from: String(data.get('from')), to: String(data.get('to')) };
        const found = problemOf(typed);
        setProblem(found);
        if (!found) onSubmit(typed);
      }}
      className="grid grid-cols-2 gap-3 sm:flex sm:items-start"
    >
      <TextField label={t('reconciliation.from')} name="from" type="date" defaultValue={period.from} />
      <TextField label={t('reconciliation.to')} name="to" type="date" defaultValue={period.to} />
      <div className="max-sm:col-span-2 sm:pt-7">
        <Button type="submit" isDisabled={busy}>
          {t('reconciliation.submit')}
        </Button>
      </div>
    </Form>
  );
}

/** A day left empty counts as one too few. */
function problemOf(period: Period): AdminKey | null {
  const days = daysIn(period);
  if (!(days >= 1)) return 'reconciliation.order';
  return days > maxDays ? 'reconciliation.period' : null;
}
