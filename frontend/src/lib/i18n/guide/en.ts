import type { ko } from './ko';

export const en: Record<keyof typeof ko, string> = {
  'guide.title': 'How it works',
  'guide.contents': 'On this page',

  'guide.card.title': 'Paying by card',
  'guide.card.pay': 'The payment window opens when you order. Once you have paid, your order is confirmed.',
  'guide.card.toss': 'Toss Payments handles the payment. Your card number never stays with this shop.',
  'guide.card.deadline':
    'If you closed the window you can pay from your orders. An order not paid within 30 minutes is cancelled.',
  'guide.card.checking':
    'When the card company answers late, we show “being checked”. The result appears by itself; please do not pay again.',

  'guide.transfer.title': 'Bank transfer',
  'guide.transfer.account': 'After you order, your order page shows the account, the amount and the deadline.',
  'guide.transfer.deadline':
    'You have 3 days from ordering. After that the order is cancelled and the products go back on sale.',
  'guide.transfer.match':
    'Please send the exact amount under the name you gave. Your order is confirmed once we have seen the money.',

  'guide.delivery.title': 'Delivery',
  'guide.delivery.fee': 'We charge nothing for delivery.',
  'guide.delivery.start': 'Once your order is confirmed, we pack it and send it to the address you gave.',
  'guide.delivery.state': 'Your order page shows how far it has come.',

  'guide.refund.title': 'Cancelling and refunds',
  'guide.refund.until': 'Until your order is sent you can cancel it yourself on its page.',
  'guide.refund.card': 'If you paid by card, cancelling gives the full amount back to your card.',
  'guide.refund.transfer':
    'If you paid by transfer, we check and transfer the money back to your account. Your order page shows the state.',
  'guide.refund.unpaid': 'An order you have not paid is simply cancelled.',
};
