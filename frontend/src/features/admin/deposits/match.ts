import type { Order } from '@/types/api';

/**
 * Whether an order is what was typed: every word is part of the depositor's name, the order number or the e-mail
 * address, or is how the amount begins. Bank statements write amounts with commas.
 */
export function matches(order: Order, typed: string): boolean {
  const texts = [order.bankAccount?.depositorName ?? '', order.orderNumber, order.email].map((text) =>
    text.toLowerCase(),
  );
  return wordsOf(typed).every((word) => {
    const digits = word.replace(/[,원₩]/g, '');
    return (
      texts.some((text) => text.includes(word)) || (/^\d+$/.test(digits) && String(order.totalPrice).startsWith(digits))
    );
  });
}

export const wordsOf = (typed: string) => typed.toLowerCase().split(/\s+/).filter(Boolean);
