import { clearTossPayments } from '@tosspayments/tosspayments-sdk';
import { vi } from 'vitest';

type Answer = () => Promise<void>;

/** Stands in for the script that Toss's package fetches; the package itself is the real one. */
export function stubPaymentWindow(answer: Answer = () => new Promise(() => undefined)) {
  clearTossPayments();
  const requestPayment = vi.fn<(request: Record<string, unknown>) => Promise<void>>(answer);
  const payment = vi.fn<(options: { customerKey: string }) => object>(() => ({ requestPayment }));
  const TossPayments = vi.fn<(clientKey: string) => object>(() => ({ payment }));
  vi.stubGlobal('TossPayments', TossPayments);
  return { TossPayments, payment, requestPayment };
}

export const windowError = (code: string) => Object.assign(new Error(code), { code });
