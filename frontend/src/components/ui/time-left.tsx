import { timeLeft } from '@/lib/dates';
import { useTranslate, type MessageKey } from '@/lib/i18n/translate';
import { useNow } from '@/lib/use-now';

/** Counts down to a deadline. */
export function TimeLeft({ until }: { until: string }) {
  const { t } = useTranslate();
  const left = timeLeft(until, useNow(20_000));
  return (
    <span className="block font-semibold text-caution">{left ? t(labelFor(left), left) : t('deadline.over')}</span>
  );
}

function labelFor({ days, hours }: { days: number; hours: number }): MessageKey {
  if (days > 0) return 'deadline.days';
  return hours > 0 ? 'deadline.hours' : 'deadline.minutes';
}
