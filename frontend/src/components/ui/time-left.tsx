import { timeLeft } from '@/lib/dates';
import { useTranslate } from '@/lib/i18n/translate';
import { useNow } from '@/lib/use-now';

/** What is left until a deadline, counting down. */
export function TimeLeft({ until }: { until: string }) {
  const { t } = useTranslate();
  const left = timeLeft(until, useNow(20_000));
  return (
    <span className="block font-semibold text-caution">
      {left ? t(left.days > 0 ? 'deadline.days' : 'deadline.hours', left) : t('deadline.over')}
    </span>
  );
}
