import { client } from '@/lib/api-client';
import { shopZone } from '@/lib/dates';
import type { Language } from '@/lib/i18n/language';
import { toQuery, type ProductFilters } from '../product-filters';

/** The products that match as CSV, in the reader's language and zone. */
export const exportProducts = (filters: ProductFilters, lang: Language) =>
  client.GET('/api/products/export', {
    params: { query: { ...toQuery(filters), lang, timeZone: shopZone } },
    parseAs: 'blob',
  });
