import { client } from '@/lib/api-client';
import { shopZone } from '@/lib/dates';
import type { Language } from '@/lib/i18n/language';
import { toQuery, type OrderFilters } from '../order-filters';

/** The orders that match as CSV, in the reader's language and zone. */
export const exportOrders = (filters: OrderFilters, lang: Language) =>
  client.GET('/api/orders/export', {
    params: { query: { ...toQuery(filters), lang, timeZone: shopZone } },
    parseAs: 'blob',
  });
