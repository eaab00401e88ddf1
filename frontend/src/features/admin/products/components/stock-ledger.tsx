import { Link } from 'react-router';
import { LoadError } from '@/components/ui/load-error';
import { Pagination } from '@/components/ui/pagination';
import { Skeleton } from '@/components/ui/skeleton';
import { paths } from '@/config/paths';
import { formatDateTime } from '@/lib/dates';
import { adminWords, type AdminKey } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { useListAddress } from '@/lib/use-list-address';
import { useStockMovements, type StockMovement } from '../api/get-stock-movements';

const kinds: Record<StockMovement['kind'], AdminKey> = {
  INITIAL: 'stock.kind.INITIAL',
  ADJUSTED: 'stock.kind.ADJUSTED',
  TAKEN: 'stock.kind.TAKEN',
  RETURNED: 'stock.kind.RETURNED',
};

/** Stock movements, the newest first. The page is in the address. */
export function StockLedger({ productId }: { productId: number }) {
  const { page, getHref } = useListAddress([]);
  const movements = useStockMovements(productId, page);
  if (movements.isPending) return <Skeleton className="h-80" />;
  if (movements.isError) return <LoadError error={movements.error} onRetry={() => void movements.refetch()} />;
  return (
    <>
      <ol className={movements.isPlaceholderData ? 'opacity-55' : ''}>
        {movements.data.items.map((movement) => (
          <Movement key={movement.id} movement={movement} />
        ))}
      </ol>
      <Pagination {...movements.data} getHref={(wanted) => getHref({ page: wanted })} />
    </>
  );
}

function Movement({
  movement: { kind, change, stockAfter, orderNumber, reason, createdAt },
}: {
  movement: StockMovement;
}) {
  const { t, language } = useTranslate(adminWords);
  return (
    <li className="flex items-baseline justify-between gap-4 border-t border-line py-2.5 text-sm first:border-0">
      <div className="min-w-0">
        <p>
          <span className="font-semibold">{t(kinds[kind])}</span>
          {reason && <span className="text-ink-soft"> · {reason}</span>}
        </p>
        {orderNumber && (
          <Link
            to={paths.admin.orders.getHref(new URLSearchParams({ q: orderNumber }).toString())}
            className="text-[13px] text-ink-soft underline underline-offset-4"
          >
            {orderNumber}
          </Link>
        )}
        <p className="text-[13px] text-ink-faint">
          <time dateTime={createdAt}>{formatDateTime(createdAt, language)}</time>
        </p>
      </div>
      <p className="shrink-0 text-right tabular-nums">
        <strong className={change > 0 ? 'text-accent-strong' : ''}>{change > 0 ? `+${change}` : `−${-change}`}</strong>
        <span className="block text-[13px] text-ink-faint">{t('stock.after', { count: stockAfter })}</span>
      </p>
    </li>
  );
}
