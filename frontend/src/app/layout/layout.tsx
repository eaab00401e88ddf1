import { I18nProvider } from 'react-aria-components/I18nProvider';
import { Outlet } from 'react-router';
import { locales } from '@/lib/i18n/language';
import { useTranslate } from '@/lib/i18n/translate';
import { ScrollMemory } from '../scroll-memory';
import { Footer } from './footer';
import { Header } from './header';
import { MainContent, SkipLink } from './main-content';
import { ToastRegion } from './toast-region';

export function Layout() {
  const { language } = useTranslate();
  return (
    <I18nProvider locale={locales[language]}>
      <div className="flex min-h-dvh flex-col">
        <SkipLink />
        <Header />
        <MainContent className="page flex-1">
          <Outlet />
        </MainContent>
        <Footer />
        <ToastRegion />
        <ScrollMemory />
      </div>
    </I18nProvider>
  );
}
