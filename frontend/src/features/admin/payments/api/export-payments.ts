import { client } from '@/lib/api-client';
import { shopZone } from '@/lib/dates';
import type { Language } from '@/lib/i18n/language';
import { toQuery, type PaymentFilters } from '../payment-filters';

/** The payments that match as CSV, in the reader's language and zone. */
export const exportPayments = (filters: PaymentFilters, lang: Language) =>
  client.GET('/api/payments/export', {
    params: { query: { ...toQuery(filters), lang, timeZone: shopZone } },
    parseAs: 'blob',
  });
