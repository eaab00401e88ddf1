import { useTranslate } from '@/lib/i18n/translate';
import { formatWon } from '@/lib/money';

/** An amount of won, with tabular figures. */
export function Price({ amount }: { amount: number }) {
  const { language } = useTranslate();
  return <span className="tabular-nums">{formatWon(amount, language)}</span>;
}
