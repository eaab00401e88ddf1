import type { UseQueryResult } from '@tanstack/react-query';
import { paths } from '@/config/paths';
import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { formatWon } from '@/lib/money';
import type { SalesStatistics } from '../api/get-statistics';
import { RankedList } from './ranked-list';

export function BestSellers({ statistics }: { statistics: UseQueryResult<SalesStatistics> }) {
  const { t, language } = useTranslate(adminWords);
  return (
    <RankedList
      title={t('today.bestSellers')}
      query={statistics}
      empty={t('today.noSales')}
      entries={statistics.data?.bestSellers.map(({ productId, productName, quantity, sales }) => ({
        id: productId,
        href: paths.admin.product.getHref(productId),
        name: productName,
        value: (
          <>
            <strong>{t('today.pieces', { count: quantity })}</strong>
            <span className="ml-2 inline-block min-w-18 text-[13px] text-ink-soft">{formatWon(sales, language)}</span>
          </>
        ),
      }))}
    />
  );
}
