import { useMutation } from '@tanstack/react-query';
import { client } from '@/lib/api-client';
import { localDate, localZone } from '@/lib/dates';
import { saveFile } from '@/lib/download';
import { useLanguage } from '@/lib/i18n/language';
import { toQuery, type ProductFilters } from '../product-filters';

/** Saves the products that the list shows, all pages, as a file for a spreadsheet. */
export function useExportProducts() {
  const lang = useLanguage(({ language }) => language);
  return useMutation({
    mutationFn: (filters: ProductFilters) => {
      const query = { ...toQuery(filters), lang, timeZone: localZone() };
      return saveFile(
        client.GET('/api/products/export', { params: { query }, parseAs: 'blob' }),
        `products-${localDate(Date.now())}.csv`,
      );
    },
  });
}
