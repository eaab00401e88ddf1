import { I18nProvider } from 'react-aria-components/I18nProvider';
import { Outlet } from 'react-router';
import { locales } from '@/lib/i18n/language';
import { useTranslate } from '@/lib/i18n/translate';
import { MainContent, SkipLink } from '../layout/main-content';
import { ToastRegion } from '../layout/toast-region';
import { RequireAdmin } from '../require-admin';
import { ScrollMemory } from '../scroll-memory';
import { AdminHeader } from './admin-header';
import { SideNavigation } from './side-navigation';

/** The frame of every admin page. It checks the role, so that pages need not. */
export function AdminLayout() {
  const { language } = useTranslate();
  return (
    <I18nProvider locale={locales[language]}>
      <RequireAdmin>
        <AdminFrame />
      </RequireAdmin>
      <ToastRegion />
      <ScrollMemory />
    </I18nProvider>
  );
}

function AdminFrame() {
  return (
    <div className="min-h-dvh">
      <SkipLink />
      <AdminHeader />
      <div className="lg:grid lg:grid-cols-[232px_minmax(0,1fr)]">
        <div className="sticky top-14 hidden h-[calc(100dvh-3.5rem)] overflow-y-auto border-r border-line p-3 pt-5 lg:block">
          <SideNavigation />
        </div>
        <MainContent className="mx-auto w-full max-w-[1360px] px-4 pb-16 sm:px-6 lg:px-8">
          <Outlet />
        </MainContent>
      </div>
    </div>
  );
}
