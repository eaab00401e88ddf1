import type { ReactNode } from 'react';
import { Price } from '@/components/ui/price';
import { Panel } from '@/components/ui/panel';
import { adminWords, type AdminKey } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import type { MoneyTotals, Reconciliation } from '../api/get-reconciliation';

/** The three sides in sum. */
export function Totals({ report }: { report: Reconciliation }) {
  const { t } = useTranslate(adminWords);
  const { count, paid, paidAmount } = report.orders;
  return (
    <section aria-label={t('reconciliation.totals')} className="grid gap-4 md:grid-cols-3">
      <Side title="reconciliation.orders" note={t('reconciliation.ordersCount', { count, paid })}>
        <Sum name="reconciliation.paidAmount" amount={paidAmount} />
      </Side>
      <MoneySide title="reconciliation.payments" note="reconciliation.paymentsNote" totals={report.payments} />
      <MoneySide title="reconciliation.toss" note="reconciliation.tossNote" totals={report.toss} />
    </section>
  );
}

function MoneySide({ title, note, totals }: { title: AdminKey; note: AdminKey; totals: MoneyTotals }) {
  const { t } = useTranslate(adminWords);
  return (
    <Side title={title} note={`${t(note)} · ${t('reconciliation.count', { count: totals.count })}`}>
      <Sum name="reconciliation.amount" amount={totals.amount} />
      <Sum name="reconciliation.refunded" amount={totals.refundedAmount} />
    </Side>
  );
}

function Side({ title, note, children }: { title: AdminKey; note: string; children: ReactNode }) {
  const { t } = useTranslate(adminWords);
  return (
    <Panel title={t(title)} aside={<span className="text-[13px] text-ink-faint">{note}</span>}>
      <dl className="flex flex-col gap-1 text-sm">{children}</dl>
    </Panel>
  );
}

function Sum({ name, amount }: { name: AdminKey; amount: number }) {
  const { t } = useTranslate(adminWords);
  return (
    <div className="flex items-baseline justify-between gap-3">
      <dt className="text-ink-soft">{t(name)}</dt>
      <dd className="text-lg font-bold tracking-tight">
        <Price amount={amount} />
      </dd>
    </div>
  );
}
