import { NavLink } from 'react-router';
import { paths } from '@/config/paths';
import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { navigation } from './navigation';

/** Links to every admin page and marks the current one. */
export function SideNavigation({ onFollow }: { onFollow?: () => void }) {
  const { t } = useTranslate(adminWords);
  return (
    <nav aria-label={t('nav.label')} className="flex flex-col gap-5">
      {navigation.map(({ title, pages }) => (
        <div key={title ?? 'top'}>
          {title && <h2 className="px-3 pb-1.5 text-[13px] font-semibold text-ink-faint">{t(title)}</h2>}
          <ul className="flex flex-col gap-0.5">
            {pages.map(({ label, href, icon: PageIcon }) => (
              <li key={href}>
                <NavLink
                  to={href}
                  end={href === paths.admin.today.path}
                  onClick={onFollow}
                  className="flex h-10 items-center gap-2.5 rounded-lg px-3 text-[15px] text-ink-soft hover:bg-surface hover:text-ink aria-[current=page]:bg-accent-wash aria-[current=page]:font-bold aria-[current=page]:text-accent-strong"
                >
                  <PageIcon />
                  {t(label)}
                </NavLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
