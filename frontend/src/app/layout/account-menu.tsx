import { Button } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Separator } from 'react-aria-components/Separator';
import { useNavigate } from 'react-router';
import { buttonStyles } from '@/components/ui/button-styles';
import { ChevronDownIcon } from '@/components/ui/work-icons';
import { UserIcon } from '@/components/ui/icons';
import { paths } from '@/config/paths';
import { useSignOut } from '@/features/shop/session/api/sign-out';
import { useTranslate } from '@/lib/i18n/translate';
import type { User } from '@/types/api';

const item =
  'flex min-h-11 cursor-pointer items-center rounded-lg px-3 text-[15px] outline-none data-focused:bg-surface';

/** The menu under a user's name. Visitors do not download it. */
export default function AccountMenu({ user }: { user: User }) {
  const { t } = useTranslate();
  const navigate = useNavigate();
  const signOut = useSignOut();

  // Leave first: a page that needs a session would redirect to the sign-in page.
  async function leave() {
    await navigate(paths.catalogue.getHref());
    signOut.mutate();
  }

  return (
    <MenuTrigger>
      <Button isDisabled={signOut.isPending} className={buttonStyles({ variant: 'quiet', size: 'small' })}>
        <UserIcon />
        <span className="max-w-28 truncate max-sm:sr-only">{t('account.nameOf', { name: user.name })}</span>
        <span className="sr-only">{t('account.menu')}</span>
        <span className="max-sm:hidden">
          <ChevronDownIcon />
        </span>
      </Button>
      <Popover
        placement="bottom end"
        offset={4}
        className="min-w-48 rounded-xl border border-line bg-raised p-1 shadow-pop"
      >
        <Menu className="outline-none">
          <MenuItem className={item} onAction={() => void navigate(paths.orders.getHref())}>
            {t('orders.title')}
          </MenuItem>
          <MenuItem className={item} onAction={() => void navigate(paths.account.getHref())}>
            {t('account.title')}
          </MenuItem>
          {user.role === 'ADMIN' && (
            <MenuItem className={item} onAction={() => void navigate(paths.admin.today.getHref())}>
              {t('layout.admin')}
            </MenuItem>
          )}
          <Separator className="mx-2 my-1 h-px bg-line" />
          <MenuItem className={item} onAction={() => void leave()}>
            {t('session.signOut')}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
