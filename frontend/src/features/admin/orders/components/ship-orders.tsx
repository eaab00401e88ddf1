import { useState } from 'react';
import { Link } from 'react-router';
import { Button } from '@/components/ui/button';
import { DialogForm } from '@/components/ui/dialog-form';
import { Notice } from '@/components/ui/notice';
import { TickBox } from '@/components/ui/tick-box';
import { paths } from '@/config/paths';
import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { toApiError } from '@/lib/problem';
import type { Order } from '@/types/api';
import { useShipOrders, type Shipment } from '../api/ship-orders';
import { useMoveRefusal } from '../use-move-refusal';

type ShipTickProps = { order: Order; isTicked: boolean; onChange: (isTicked: boolean) => void };

/** Chooses an order for shipping, in its row. */
export function ShipTick({ order, isTicked, onChange }: ShipTickProps) {
  const { t } = useTranslate(adminWords);
  return (
    // Above the link that the whole row is.
    <div className="relative z-1 flex">
      <TickBox label={t('ship.tick', { number: order.orderNumber })} isSelected={isTicked} onChange={onChange} />
    </div>
  );
}

type ShipOrdersProps = {
  /** Those ticked. */
  orders: readonly Order[];
  /** Those on this page that could be shipped. */
  all: readonly Order[];
  isShown: boolean;
  onTick: (orders: readonly Order[]) => void;
};

/** Ships the ticked orders and reports the outcome of each. */
export function ShipOrders({ orders, all, isShown, onTick }: ShipOrdersProps) {
  const { t } = useTranslate(adminWords);
  const [asking, setAsking] = useState(false);
  const ship = useShipOrders();
  return (
    <>
      {ship.data && <Outcome shipments={ship.data} onClose={ship.reset} />}
      {isShown && all.length > 0 && (
        <div className="mb-3 flex min-h-11 flex-wrap items-center justify-between gap-3 rounded-xl bg-surface px-4 py-1.5">
          <TickBox
            label={t('ship.all')}
            isSelected={orders.length === all.length}
            isIndeterminate={orders.length > 0 && orders.length < all.length}
            onChange={(isSelected) => onTick(isSelected ? all : [])}
          >
            {orders.length > 0 ? t('ship.chosen', { count: orders.length }) : t('ship.all')}
          </TickBox>
          <Button size="small" isDisabled={orders.length === 0} onPress={() => setAsking(true)}>
            {t('ship.submit')}
          </Button>
        </div>
      )}
      {asking && (
        <DialogForm
          title={t('ship.title', { count: orders.length })}
          text={t('move.SHIPPING.text')}
          submit={t('ship.submit')}
          isPending={ship.isPending}
          onSubmit={() =>
            ship.mutate(orders, {
              onSettled: () => {
                setAsking(false);
                onTick([]);
              },
            })
          }
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

function Outcome({ shipments, onClose }: { shipments: readonly Shipment[]; onClose: () => void }) {
  const { t } = useTranslate(adminWords);
  const refusalOf = useMoveRefusal();
  const failed = shipments.filter(({ error }) => error !== null);
  return (
    <div role="status" className="mb-3">
      <Notice tone={failed.length > 0 ? 'caution' : 'accent'}>
        <div className="-my-1 flex items-center justify-between gap-3">
          <p className="font-semibold">
            {failed.length > 0
              ? t('ship.partly', { done: shipments.length - failed.length, failed: failed.length })
              : t('ship.done', { count: shipments.length })}
          </p>
          <Button variant="quiet" size="small" onPress={onClose}>
            {t('close')}
          </Button>
        </div>
        {failed.length > 0 && (
          <ul className="mt-1 flex flex-col gap-1">
            {failed.map(({ order, error }) => (
              <li key={order.id}>
                <Link to={paths.admin.order.getHref(order.id)} className="font-semibold underline underline-offset-4">
                  {order.orderNumber}
                </Link>{' '}
                {refusalOf(toApiError(error), 'SHIPPING')}
              </li>
            ))}
          </ul>
        )}
      </Notice>
    </div>
  );
}
