import { Link } from 'react-router';
import { Price } from '@/components/ui/price';
import { paths } from '@/config/paths';
import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { lineTotal } from '@/lib/money';
import type { Order } from '@/types/api';

/** What was ordered at which price, and the sum. */
export function OrderLines({ order }: { order: Order }) {
  const { t } = useTranslate(adminWords);
  return (
    <table className="w-full text-sm">
      <thead className="border-b border-line text-[13px] text-ink-faint">
        <tr>
          <th className="pb-2 text-left font-semibold">{t('orderAdmin.product')}</th>
          <th className="pb-2 text-right font-semibold max-sm:hidden">{t('orderAdmin.price')}</th>
          <th className="pb-2 pl-4 text-right font-semibold whitespace-nowrap">{t('orderAdmin.quantity')}</th>
          <th className="pb-2 pl-4 text-right font-semibold whitespace-nowrap">{t('ordersAdmin.total')}</th>
        </tr>
      </thead>
      <tbody>
        {order.items.map((item) => (
          <tr key={item.productId} className="border-b border-line">
            <td className="py-2.5">
              <Link to={paths.admin.product.getHref(item.productId)} className="hover:underline">
                {item.productName}
              </Link>
            </td>
            <td className="py-2.5 text-right whitespace-nowrap max-sm:hidden">
              <Price amount={item.price} />
            </td>
            <td className="py-2.5 pl-4 text-right tabular-nums">{item.quantity}</td>
            <td className="py-2.5 pl-4 text-right whitespace-nowrap">
              <Price amount={lineTotal(item)} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={2} className="pt-3 text-left font-normal text-ink-soft">
            {t('order.total')}
          </th>
          <td colSpan={2} className="pt-3 text-right text-base font-bold whitespace-nowrap">
            <Price amount={order.totalPrice} />
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
