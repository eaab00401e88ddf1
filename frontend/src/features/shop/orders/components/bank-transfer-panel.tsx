import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { CopyIcon } from '@/components/ui/icons';
import { Price } from '@/components/ui/price';
import { TimeLeft } from '@/components/ui/time-left';
import { formatDateTime } from '@/lib/dates';
import { useTranslate } from '@/lib/i18n/translate';
import { useToasts } from '@/lib/toasts';
import type { BankAccount } from '@/types/api';

type BankTransferPanelProps = { account: BankAccount; amount: number; payBy: string | null };

/** Where to send the money, how much, under which name and until when. */
export function BankTransferPanel({ account, amount, payBy }: BankTransferPanelProps) {
  const { t, language } = useTranslate();
  return (
    <section aria-labelledby="transfer" className="rounded-2xl border-2 border-accent p-5 sm:p-6">
      <h2 id="transfer" className="text-lg font-bold">
        {t('transfer.title')}
      </h2>
      <p className="mt-1 text-sm text-ink-soft">{t('transfer.text')}</p>
      <dl className="mt-5 grid gap-y-3 text-[15px]">
        <Fact name={t('transfer.account')}>
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span>
              {account.bank}{' '}
              <strong className="text-lg tracking-tight whitespace-nowrap tabular-nums">{account.accountNumber}</strong>
            </span>
            <CopyButton text={account.accountNumber} />
          </span>
        </Fact>
        <Fact name={t('transfer.holder')}>{account.holder}</Fact>
        <Fact name={t('transfer.amount')}>
          <strong className="text-lg tracking-tight">
            <Price amount={amount} />
          </strong>
        </Fact>
        {account.depositorName && (
          <Fact name={t('transfer.depositor')}>
            <strong>{account.depositorName}</strong>
          </Fact>
        )}
        {payBy && (
          <Fact name={t('transfer.deadline')}>
            {formatDateTime(payBy, language)}
            <TimeLeft until={payBy} />
          </Fact>
        )}
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[92px_1fr] items-baseline gap-3">
      <dt className="text-ink-faint">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function CopyButton({ text }: { text: string }) {
  const { t } = useTranslate();
  const showToast = useToasts((toasts) => toasts.show);
  // Browsers offer the clipboard to secure pages only.
  if (!('clipboard' in navigator)) return null;
  return (
    <Button
      variant="secondary"
      size="small"
      onPress={() => {
        navigator.clipboard.writeText(text).then(
          () => showToast({ text: t('transfer.copied') }),
          () => showToast({ text: t('transfer.notCopied') }),
        );
      }}
    >
      <CopyIcon />
      {t('transfer.copy')}
    </Button>
  );
}
