import type { MessageKey } from '@/lib/i18n/translate';

/** The steps of checking out; the current one is in the address bar. */
export const steps = ['recipient', 'payment'] as const;

export type Step = (typeof steps)[number];

export const stepLabels: Record<Step, MessageKey> = {
  recipient: 'checkout.step.recipient',
  payment: 'checkout.step.payment',
};

export const parseStep = (text: string | null): Step => steps.find((step) => step === text) ?? 'recipient';
