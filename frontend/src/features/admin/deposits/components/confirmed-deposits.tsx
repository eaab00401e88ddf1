import { useEffect } from 'react';
import { Link } from 'react-router';
import { Button } from '@/components/ui/button';
import { CheckIcon } from '@/components/ui/icons';
import { paths } from '@/config/paths';
import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { formatWon } from '@/lib/money';
import { useNow } from '@/lib/use-now';
import { secondsLeft, type Confirmed } from '../confirmed';

type ConfirmedDepositsProps = {
  confirmed: readonly Confirmed[];
  isUndoing: boolean;
  onUndo: (confirmed: Confirmed) => void;
};

const shown = 3;

/** The latest confirmations, each with an undo button while undo is possible. */
export function ConfirmedDeposits({ confirmed, isUndoing, onUndo }: ConfirmedDepositsProps) {
  const { t, language } = useTranslate(adminWords);
  const now = useNow(250);
  const latest = confirmed[0];
  const canUndo = latest !== undefined && secondsLeft(latest, now) > 0 && !isUndoing;
  useUndoKey(canUndo ? () => onUndo(latest) : null);
  return (
    <ul aria-live="polite" aria-label={t('deposits.confirmedList')} className="mb-4 flex flex-col gap-1.5 empty:hidden">
      {confirmed.slice(0, shown).map((entry, index) => {
        const seconds = secondsLeft(entry, now);
        const { order } = entry;
        return (
          <li
            key={order.id}
            className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 rounded-xl bg-accent-wash px-4 py-1.5 text-sm text-accent-strong"
          >
            <CheckIcon />
            <span className="min-w-0 flex-1">
              {t('deposits.confirmed', {
                name: order.bankAccount?.depositorName ?? t('listing.nothing'),
                amount: formatWon(order.totalPrice, language),
              })}{' '}
              <Link to={paths.admin.order.getHref(order.id)} className="whitespace-nowrap underline underline-offset-4">
                {t('deposits.toOrder')}
              </Link>
            </span>
            {seconds > 0 && (
              <Button variant="secondary" size="small" isDisabled={isUndoing} onPress={() => onUndo(entry)}>
                {t('deposits.undo')}
                {/* Ticking numbers are not for reading out. */}
                <span aria-hidden="true" className="tabular-nums">
                  {t('deposits.seconds', { seconds })}
                </span>
                {index === 0 && (
                  <kbd aria-hidden="true" className="font-sans text-[13px] text-ink-faint max-md:hidden">
                    U
                  </kbd>
                )}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** The U key undoes, unless a text field has the focus. */
function useUndoKey(undo: (() => void) | null) {
  useEffect(() => {
    if (!undo) return;
    const listen = (event: KeyboardEvent) => {
      const { target } = event;
      if (event.code !== 'KeyU' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) return;
      event.preventDefault();
      undo();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [undo]);
}
