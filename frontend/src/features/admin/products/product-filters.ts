import type { AdminKey } from '@/lib/i18n/admin/words';
import { oneOf } from '@/lib/use-list-address';
import type { ProductStatus } from '@/types/api';

export const filterKeys = ['q', 'category', 'status', 'stockBelow', 'sort'] as const;

export type ProductFilters = Record<(typeof filterKeys)[number], string>;

export const statuses = ['AVAILABLE', 'OUT_OF_STOCK', 'DISCONTINUED'] as const satisfies ProductStatus[];

export const statusLabels: Record<ProductStatus, AdminKey> = {
  AVAILABLE: 'products.status.AVAILABLE',
  OUT_OF_STOCK: 'products.status.OUT_OF_STOCK',
  DISCONTINUED: 'products.status.DISCONTINUED',
};

export const sorts = ['newest', 'name', 'priceAsc', 'priceDesc', 'stock'] as const;

/** Stock below this is low. */
export const lowStock = 10;

/** What the list in the address asks the API for. Without a status all are meant, also those no longer sold. */
export function toQuery({ q, category, status, stockBelow, sort }: ProductFilters) {
  const wanted = oneOf(statuses, status);
  return {
    q: q || undefined,
    category: category || undefined,
    status: wanted ? [wanted] : [...statuses],
    stockBelow: /^[1-9]\d{0,6}$/.test(stockBelow) ? Number(stockBelow) : undefined,
    sort: oneOf(sorts, sort),
  };
}
