import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { components } from '@/api/product-svc';
import { stockMovementsQuery } from '@/api/products';

export type StockMovement = components['schemas']['StockMovementResponse'];

/** A product's stock ledger, the newest entry first. */
export const useStockMovements = (id: number, page: number) =>
  useQuery({ ...stockMovementsQuery(id, page), placeholderData: keepPreviousData });
