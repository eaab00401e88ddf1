import type { AdminKey } from '@/lib/i18n/admin/words';

/** The labels of the kinds of differences. */
export const kinds: Record<string, AdminKey> = {
  ORDER_WITHOUT_PAYMENT: 'reconciliation.kind.ORDER_WITHOUT_PAYMENT',
  CONFIRMED_BY_HAND: 'reconciliation.kind.CONFIRMED_BY_HAND',
  PAYMENT_WITHOUT_ORDER: 'reconciliation.kind.PAYMENT_WITHOUT_ORDER',
  AMOUNT_DIFFERS: 'reconciliation.kind.AMOUNT_DIFFERS',
  PAID_NOT_CONFIRMED: 'reconciliation.kind.PAID_NOT_CONFIRMED',
  PAID_BUT_CANCELLED: 'reconciliation.kind.PAID_BUT_CANCELLED',
  REFUNDED_NOT_CANCELLED: 'reconciliation.kind.REFUNDED_NOT_CANCELLED',
  PAYMENT_UNSETTLED: 'reconciliation.kind.PAYMENT_UNSETTLED',
  HELD_WITHOUT_ATTEMPT: 'reconciliation.kind.HELD_WITHOUT_ATTEMPT',
  REFUND_UNSETTLED: 'reconciliation.kind.REFUND_UNSETTLED',
  PAYMENT_WITHOUT_CHARGE: 'reconciliation.kind.PAYMENT_WITHOUT_CHARGE',
  CHARGE_WITHOUT_PAYMENT: 'reconciliation.kind.CHARGE_WITHOUT_PAYMENT',
  CHARGED_AMOUNT_DIFFERS: 'reconciliation.kind.CHARGED_AMOUNT_DIFFERS',
  REFUNDED_BY_HAND: 'reconciliation.kind.REFUNDED_BY_HAND',
  REFUNDED_AMOUNT_DIFFERS: 'reconciliation.kind.REFUNDED_AMOUNT_DIFFERS',
};
