import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import type { Product } from '@/types/api';
import { AdjustStockDialog } from './adjust-stock-dialog';
import { StockCount } from './stock-count';
import { StockLedger } from './stock-ledger';

/** How many there are, and why. */
export function StockPanel({ product }: { product: Product }) {
  const { t } = useTranslate(adminWords);
  const [adjusting, setAdjusting] = useState(false);
  return (
    <Panel
      title={t('stock.title')}
      aside={
        <Button variant="secondary" size="small" onPress={() => setAdjusting(true)}>
          {t('stock.adjust')}
        </Button>
      }
    >
      <p className="flex items-baseline justify-between gap-4 rounded-lg bg-surface px-4 py-3">
        <span className="text-sm text-ink-soft">{t('stock.now')}</span>
        <span className="text-2xl font-bold tracking-tight tabular-nums">
          <StockCount stock={product.stock} />
        </span>
      </p>
      <h3 className="mt-5 mb-1 text-sm font-semibold">{t('stock.ledger')}</h3>
      <StockLedger productId={product.id} />
      {adjusting && <AdjustStockDialog product={product} onClose={() => setAdjusting(false)} />}
    </Panel>
  );
}
