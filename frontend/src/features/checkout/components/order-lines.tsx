import { Link } from 'react-router';
import { Price } from '@/components/ui/price';
import { ProductPicture } from '@/components/ui/product-picture';
import { paths } from '@/config/paths';
import { useTranslate } from '@/lib/i18n/translate';
import { lineTotal, sumLines } from '@/lib/money';
import type { ApiError } from '@/lib/problem';

export type CheckoutLine = {
  productId: number;
  name: string;
  price: number;
  quantity: number;
  imageUrl?: string | null;
};

/** What is being ordered; why the shop refused a line stands at that line. */
export function OrderLines({ lines, error }: { lines: CheckoutLine[]; error: ApiError | null }) {
  const { t } = useTranslate();
  return (
    <section aria-labelledby="lines" className="rounded-2xl bg-surface p-5 lg:sticky lg:top-40">
      <div className="flex items-baseline justify-between">
        <h2 id="lines" className="font-bold">
          {t('checkout.lines')}
        </h2>
        <Link to={paths.cart.getHref()} className="text-sm text-ink-soft underline underline-offset-4">
          {t('checkout.toCart')}
        </Link>
      </div>
      <ul className="mt-2">
        {lines.map((line) => (
          <li key={line.productId} className="grid grid-cols-[52px_1fr_auto] gap-x-3 py-2.5 text-sm">
            <ProductPicture src={line.imageUrl} />
            <div>
              <p>{line.name}</p>
              <p className="text-ink-faint">{t('checkout.pieces', { count: line.quantity })}</p>
              <LineProblem line={line} error={error} />
            </div>
            <strong>
              <Price amount={lineTotal(line)} />
            </strong>
          </li>
        ))}
      </ul>
      <p className="mt-3 flex items-baseline justify-between border-t border-line pt-4">
        <span className="text-ink-soft">{t('order.total')}</span>
        <strong className="text-xl tracking-tight">
          <Price amount={sumLines(lines)} />
        </strong>
      </p>
    </section>
  );
}

function LineProblem({ line, error }: { line: CheckoutLine; error: ApiError | null }) {
  const { t } = useTranslate();
  const shortage = error?.problem.items?.find((item) => item.productId === line.productId);
  const unknown = error?.problem.productIds?.includes(line.productId);
  if (!shortage && !unknown) return null;
  return (
    <p className="mt-1 font-medium text-danger">
      {shortage && shortage.available > 0 ? t('checkout.short', { available: shortage.available }) : t('checkout.gone')}
    </p>
  );
}
