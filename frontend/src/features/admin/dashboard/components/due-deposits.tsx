import { TimeLeft } from '@/components/ui/time-left';
import { paths } from '@/config/paths';
import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { formatWon } from '@/lib/money';
import { useUnpaidDeposits } from '../api/get-unpaid-deposits';
import { RankedList } from './ranked-list';

const shown = 6;

/** The transfers that are waited for, those that expire first in front. */
export function DueDeposits() {
  const { t, language } = useTranslate(adminWords);
  const deposits = useUnpaidDeposits();
  return (
    <RankedList
      title={t('today.dueDeposits')}
      query={deposits}
      empty={t('today.noDeposits')}
      allHref={paths.admin.deposits.getHref()}
      entries={deposits.data?.items.slice(0, shown).map((order) => ({
        id: order.id,
        href: paths.admin.deposits.getHref(new URLSearchParams({ q: order.orderNumber }).toString()),
        name: order.bankAccount?.depositorName ?? order.recipient?.name ?? order.email,
        note: order.orderNumber,
        value: (
          <>
            <strong>{formatWon(order.totalPrice, language)}</strong>
            {order.payBy && (
              <span className="text-[13px]">
                <TimeLeft until={order.payBy} />
              </span>
            )}
          </>
        ),
      }))}
    />
  );
}
