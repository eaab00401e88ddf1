import { Link } from 'react-router';
import { CartIcon } from '@/components/ui/icons';
import { paths } from '@/config/paths';
import { countItems, useCart } from '@/features/cart/stores/cart-store';
import { CategoryBar } from '@/features/catalogue/components/category-bar';
import { SearchBox } from '@/features/catalogue/components/search-box';
import { useTranslate } from '@/lib/i18n/translate';
import { LanguageButton } from './language-button';
import { Logo } from './logo';
import { SessionLinks } from './session-links';

export function Header() {
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-canvas">
      <div className="page grid grid-cols-[1fr_auto] items-center gap-x-4 gap-y-1 pt-2 md:grid-cols-[auto_1fr_auto] md:gap-x-8 md:pt-4 md:pb-1">
        <Logo />
        <div className="order-last col-span-2 mx-auto w-full max-w-xl md:order-none md:col-span-1">
          <SearchBox />
        </div>
        <div className="flex items-center justify-end sm:gap-1">
          <span className="hidden sm:block">
            <LanguageButton />
          </span>
          <SessionLinks />
          <CartLink />
        </div>
      </div>
      <CategoryBar />
    </header>
  );
}

function CartLink() {
  const { t } = useTranslate();
  const count = useCart((cart) => countItems(cart.lines));
  return (
    <Link
      to={paths.cart.getHref()}
      className="relative inline-flex size-11 items-center justify-center rounded-lg hover:bg-surface"
    >
      <CartIcon />
      <span className="sr-only">{t('layout.cart')}</span>
      {count > 0 && (
        <span className="absolute top-0.5 right-0 flex h-5 min-w-5 items-center justify-center rounded-full bg-accent px-1 text-xs font-bold text-on-accent tabular-nums">
          {count > 99 ? '99+' : count}
        </span>
      )}
    </Link>
  );
}
