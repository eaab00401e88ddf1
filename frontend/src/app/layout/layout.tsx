import { I18nProvider } from 'react-aria-components/I18nProvider';
import { Outlet, useNavigation } from 'react-router';
import { locales } from '@/lib/i18n/language';
import { useTranslate } from '@/lib/i18n/translate';
import { ScrollMemory } from '../scroll-memory';
import { useFocusOnNavigation } from '../use-focus-on-navigation';
import { Footer } from './footer';
import { Header } from './header';
import { ToastRegion } from './toast-region';

export function Layout() {
  const { t, language } = useTranslate();
  const main = useFocusOnNavigation();
  const navigating = useNavigation().state !== 'idle';
  return (
    <I18nProvider locale={locales[language]}>
      <div className="flex min-h-dvh flex-col">
        <a
          href="#content"
          className="absolute top-2 left-2 z-50 -translate-y-20 rounded-lg bg-accent px-4 py-2 text-on-accent focus:translate-y-0"
        >
          {t('layout.skip')}
        </a>
        <Header />
        <main ref={main} id="content" tabIndex={-1} aria-busy={navigating} className="page flex-1 outline-none">
          <Outlet />
        </main>
        <Footer />
        <ToastRegion />
        <ScrollMemory />
      </div>
    </I18nProvider>
  );
}
