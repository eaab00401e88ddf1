import type { PaymentClient } from '@/types/api';

export type WindowRequest = {
  orderNumber: string;
  orderName: string;
  amount: number;
  successUrl: string;
  failUrl: string;
  customerEmail?: string;
  customerName?: string;
  language: 'KO' | 'EN';
};

/**
 * Opens Toss's window for a card payment. Toss's code is fetched only now. The window takes the buyer to one of the two
 * addresses when it is done, so the promise matters only when it fails, as when the buyer closes the window.
 */
export async function openPaymentWindow(client: PaymentClient, request: WindowRequest): Promise<void> {
  const { ANONYMOUS, loadTossPayments } = await import('@tosspayments/tosspayments-sdk');
  const toss = await loadTossPayments(client.clientKey, { src: client.scriptUrl });
  const { orderNumber, amount, language, ...rest } = request;
  await toss.payment({ customerKey: ANONYMOUS }).requestPayment({
    method: 'CARD',
    amount: { currency: 'KRW', value: amount },
    orderId: orderNumber,
    card: { language },
    ...rest,
  });
}
