import { PageTitle } from '@/components/ui/page-title';
import { PasswordForm } from '@/features/shop/account/components/password-form';
import { ProfileForm } from '@/features/shop/account/components/profile-form';
import { SignOutEverywhere } from '@/features/shop/account/components/sign-out-everywhere';
import { useTranslate } from '@/lib/i18n/translate';
import { RequireSession } from '../require-session';

export function Component() {
  const { t } = useTranslate();
  return (
    <div className="mx-auto max-w-3xl pb-16">
      <PageTitle title={t('account.title')} />
      <RequireSession>
        {(user) => (
          <>
            <ProfileForm user={user} />
            <PasswordForm email={user.email} />
            <SignOutEverywhere />
          </>
        )}
      </RequireSession>
    </div>
  );
}
