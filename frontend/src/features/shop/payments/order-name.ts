import type { Translate } from '@/lib/i18n/translate';
import type { Order } from '@/types/api';

const maxLength = 100;

/** What the payment window and the card statement call the order: its first product, and how many more. */
export function orderName({ items }: Pick<Order, 'items'>, t: Translate): string {
  const first = items[0]?.productName ?? '';
  if (items.length < 2) return shorten(first, maxLength);
  const name = (text: string) => t('payment.orderName', { first: text, count: items.length - 1 });
  return name(shorten(first, maxLength - name('').length));
}

/** Counts as the receiver does, in UTF-16 units, and cuts no character in two. */
function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  let short = '';
  for (const character of text) {
    if (short.length + character.length > length - 1) break;
    short += character;
  }
  return `${short}…`;
}
