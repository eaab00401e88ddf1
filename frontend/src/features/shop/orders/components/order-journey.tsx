import { CheckIcon } from '@/components/ui/icons';
import { useTranslate } from '@/lib/i18n/translate';
import type { OrderStatus } from '@/types/api';
import { journey, statusLabels } from '../order-status';

/** The order's progress. A cancelled order shows none. */
export function OrderJourney({ status }: { status: OrderStatus }) {
  const { t } = useTranslate();
  const reached = journey.findIndex((stage) => stage === status);
  if (reached < 0) return null;
  return (
    <ol aria-label={t('order.journey')} className="grid grid-cols-4">
      {journey.map((stage, index) => {
        const done = index <= reached;
        return (
          <li
            key={stage}
            aria-current={index === reached ? 'step' : undefined}
            className="relative flex flex-col items-center gap-2 text-center"
          >
            {index > 0 && (
              <span
                aria-hidden="true"
                className={`absolute top-3.5 right-1/2 h-0.5 w-full ${done ? 'bg-accent' : 'bg-line'}`}
              />
            )}
            <span
              className={`relative z-10 flex size-7 items-center justify-center rounded-full text-[13px] font-bold ${
                done ? 'bg-accent text-on-accent' : 'bg-line text-ink-soft'
              }`}
            >
              {index < reached ? <CheckIcon /> : index + 1}
            </span>
            <span className={`text-[13px] ${index === reached ? 'font-bold' : 'text-ink-faint'}`}>
              {t(statusLabels[stage])}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
