import { ButtonLink } from '@/components/ui/button-link';
import { LoadError } from '@/components/ui/load-error';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { paths } from '@/config/paths';
import { useTranslate, type MessageKey } from '@/lib/i18n/translate';
import type { Order, User } from '@/types/api';
import { useOrderByNumber } from '../api/find-order';
import { canPay } from '../can-pay';
import { CardPaymentPanel } from './card-payment-panel';

/** The same order paid anew, for as long as it can be; else what became of it. */
export function TryAgain({ orderNumber, user }: { orderNumber: string; user: User }) {
  const { t } = useTranslate();
  const order = useOrderByNumber(user.id, orderNumber);

  if (order.isPending) {
    return (
      <div role="status" aria-label={t('loading')}>
        <Skeleton className="h-48 rounded-2xl" />
      </div>
    );
  }
  if (order.isError) return <LoadError error={order.error} onRetry={() => void order.refetch()} />;
  if (!order.data) {
    return (
      <>
        <Notice tone="caution">{t('payment.notYours')}</Notice>
        <ButtonLink variant="secondary" to={paths.orders.getHref()}>
          {t('orders.title')}
        </ButtonLink>
      </>
    );
  }
  const payable = canPay(order.data, order.dataUpdatedAt);
  return (
    <>
      {payable ? (
        <CardPaymentPanel order={order.data} customerName={user.name} />
      ) : (
        <Notice>{t(whyNot(order.data))}</Notice>
      )}
      <ButtonLink variant={payable ? 'secondary' : 'primary'} to={paths.order.getHref(order.data.id)}>
        {t('payment.toOrder')}
      </ButtonLink>
    </>
  );
}

function whyNot({ status }: Order): MessageKey {
  if (status === 'PENDING') return 'payment.tooLate';
  return status === 'CANCELLED' ? 'payment.orderCancelled' : 'payment.orderPaid';
}
