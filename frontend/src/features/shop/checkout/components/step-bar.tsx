import { useTranslate } from '@/lib/i18n/translate';
import { stepLabels, steps, type Step } from '../steps';

export function StepBar({ current }: { current: Step }) {
  const { t } = useTranslate();
  return (
    <ol aria-label={t('checkout.steps')} className="mb-6 flex gap-2 text-sm">
      {steps.map((step, index) => (
        <li
          key={step}
          aria-current={step === current ? 'step' : undefined}
          className={`flex-1 border-t-3 pt-2 ${
            index <= steps.indexOf(current) ? 'border-accent font-bold' : 'border-line text-ink-faint'
          }`}
        >
          {index + 1}. {t(stepLabels[step])}
        </li>
      ))}
    </ol>
  );
}
