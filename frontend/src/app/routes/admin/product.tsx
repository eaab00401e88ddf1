import { useParams } from 'react-router';
import { ProductEditor } from '@/features/admin/products/components/product-editor';
import { NotFound } from '../not-found';

export function Component() {
  const id = /^[1-9]\d{0,15}$/.exec(useParams().productId ?? '')?.[0];
  return id ? <ProductEditor id={Number(id)} notFound={<NotFound />} /> : <NotFound />;
}
