import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { paymentClientQuery } from '@/api/payments';
import { paths } from '@/config/paths';
import { useTranslate } from '@/lib/i18n/translate';
import type { Order } from '@/types/api';
import { rememberOrder } from './last-order';
import { orderName } from './order-name';
import { openPaymentWindow } from './payment-window';

/** Opens the payment window for an order; pending for as long as the window is open. */
export function useCardPayment(order: Order, customerName?: string) {
  const { t, language } = useTranslate();
  const queries = useQueryClient();
  const payment = useMutation({
    mutationFn: async () => {
      rememberOrder(order.orderNumber);
      await openPaymentWindow(await queries.fetchQuery(paymentClientQuery), {
        orderNumber: order.orderNumber,
        orderName: orderName(order, t),
        amount: order.totalPrice,
        successUrl: location.origin + paths.paymentSuccess.getHref(),
        failUrl: location.origin + paths.paymentFailure.getHref(),
        customerEmail: order.email,
        customerName,
        language: language === 'ko' ? 'KO' : 'EN',
      });
    },
  });

  // On phones the window replaces the page; after going back, the shopper may pay again.
  const { reset } = payment;
  useEffect(() => {
    const startOver = (event: PageTransitionEvent) => event.persisted && reset();
    window.addEventListener('pageshow', startOver);
    return () => window.removeEventListener('pageshow', startOver);
  }, [reset]);

  return payment;
}
