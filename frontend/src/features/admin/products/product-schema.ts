import { z } from 'zod';
import type { Product } from '@/types/api';

const maxPrice = 100_000_000;
const maxStock = 10_000_000;

const text = (longest: number) => z.string().trim().max(longest, 'validation.tooLong');

/** A typed whole number; an empty field is undefined. */
const whole = z.string().min(1, 'validation.required').transform(Number);

/** What makes a valid product. product-svc checks again. */
export const detailsSchema = z.object({
  name: text(100).min(1, 'validation.required'),
  category: text(50).min(1, 'validation.required'),
  price: whole.pipe(z.number().min(1, 'productForm.priceRange').max(maxPrice, 'productForm.priceRange')),
  description: text(10_000),
  imageUrl: z.string(),
});

/** What administrators edit of a product. A field that is added to the schema is in every comparison and update. */
export const detailFields = Object.keys(detailsSchema.shape) as (keyof typeof detailsSchema.shape)[];

/** The product's details, as an update takes them. */
export const detailsOf = (product: Product) =>
  Object.fromEntries(detailFields.map((field) => [field, product[field]])) as Pick<
    Product,
    (typeof detailFields)[number]
  >;

/** A new product also has a stock to begin with. */
export const newProductSchema = detailsSchema.extend({
  stock: whole.pipe(z.number().max(maxStock, 'productForm.stockRange')),
});

export const adjustmentSchema = z.object({
  change: whole.pipe(
    z
      .number()
      .min(-maxStock, 'productForm.stockRange')
      .max(maxStock, 'productForm.stockRange')
      .refine((change) => change !== 0, 'stock.notZero'),
  ),
  reason: text(200).min(1, 'validation.required'),
});
