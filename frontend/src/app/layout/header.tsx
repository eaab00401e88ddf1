import { Link } from 'react-router';
import { CartIcon } from '@/components/ui/icons';
import { paths } from '@/config/paths';
import { countItems, useCart } from '@/features/shop/cart/stores/cart-store';
import { CategoryBar } from '@/features/shop/catalogue/components/category-bar';
import { SearchBox } from '@/features/shop/catalogue/components/search-box';
import { useTranslate } from '@/lib/i18n/translate';
import { LanguageButton } from './language-button';
import { Logo } from './logo';
import { SessionLinks } from './session-links';

export function Header() {
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-canvas">
      <div className="page grid grid-cols-[auto_1fr_auto] items-center gap-x-2.5 pt-2 sm:gap-x-5 md:gap-x-8 md:pt-4 md:pb-1">
        <Logo />
        <div className="mx-auto w-full max-w-xl">
          <SearchBox />
        </div>
        <div className="-mr-2 flex items-center justify-end sm:mr-0 sm:gap-1">
          <span className="hidden md:block">
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
