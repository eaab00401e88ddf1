import type { MessageKey } from '@/lib/i18n/translate';

/** Why a payment did not come out of Toss's window. */
export type WindowFailure = 'cancelled' | 'aborted' | 'refused' | 'failed';

const failures: Record<string, WindowFailure> = {
  PAY_PROCESS_CANCELED: 'cancelled',
  USER_CANCEL: 'cancelled',
  PAY_PROCESS_ABORTED: 'aborted',
  PAYMENT_REQUEST_ABORTED: 'aborted',
  REJECT_CARD_COMPANY: 'refused',
  REJECT_CARD_PAYMENT: 'refused',
};

/** Says by its code why; the message in an address is anyone's, so it is not shown. */
export const failureOf = (code: string): WindowFailure => failures[code] ?? 'failed';

export const failureTitles: Record<WindowFailure, MessageKey> = {
  cancelled: 'payment.cancelled.title',
  aborted: 'payment.aborted.title',
  refused: 'payment.refused.title',
  failed: 'payment.failed.title',
};

export const failureTexts: Record<WindowFailure, MessageKey> = {
  cancelled: 'payment.cancelled.text',
  aborted: 'payment.aborted.text',
  refused: 'payment.refusedInWindow.text',
  failed: 'payment.failed.text',
};

/** The code of an error that Toss's code throws; its classes are not part of its published interface. */
export function sdkErrorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
