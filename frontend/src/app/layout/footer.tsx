import { Link } from 'react-router';
import { guideParts, paths, type GuidePart } from '@/config/paths';
import { useTranslate, type MessageKey } from '@/lib/i18n/translate';
import { LanguageButton } from './language-button';
import { ThemeButton } from './theme-button';

const guideLabels: Record<GuidePart, MessageKey> = {
  card: 'footer.card',
  transfer: 'footer.transfer',
  delivery: 'footer.delivery',
  refund: 'footer.refund',
};

export function Footer() {
  const { t } = useTranslate();
  return (
    <footer className="border-t border-line bg-surface">
      <div className="page grid grid-cols-2 gap-x-8 gap-y-8 pt-10 pb-6 md:grid-cols-[1fr_auto_auto] md:gap-x-20">
        <div className="col-span-2 md:col-span-1">
          <p className="text-lg font-extrabold tracking-tight">MSA Shop</p>
          <p className="mt-1.5 text-sm text-ink-soft">{t('layout.about')}</p>
        </div>
        <Links
          title={t('footer.guide')}
          links={guideParts.map((part) => ({ href: paths.guide.getHref(part), text: t(guideLabels[part]) }))}
        />
        <Links
          title={t('footer.mine')}
          links={[
            { href: paths.orders.getHref(), text: t('orders.title') },
            { href: paths.cart.getHref(), text: t('layout.cart') },
            { href: paths.account.getHref(), text: t('account.title') },
          ]}
        />
      </div>
      <div className="page flex flex-wrap items-center justify-between gap-x-8 gap-y-1 pb-8">
        <p className="text-[13px] text-ink-faint">© MSA Shop</p>
        <div className="-mr-3 flex items-center gap-1">
          <LanguageButton />
          <ThemeButton />
        </div>
      </div>
    </footer>
  );
}

function Links({ title, links }: { title: string; links: { href: string; text: string }[] }) {
  return (
    <nav aria-label={title}>
      <p className="text-sm font-bold">{title}</p>
      <ul className="mt-2">
        {links.map(({ href, text }) => (
          <li key={href}>
            <Link
              to={href}
              className="inline-flex min-h-8 items-center text-sm text-ink-soft hover:text-ink hover:underline hover:underline-offset-4 pointer-coarse:min-h-11"
            >
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
