import { SignInForm } from '@/features/shop/session/components/sign-in-form';
import { paths } from '@/config/paths';
import { useTranslate } from '@/lib/i18n/translate';
import { SessionPage } from '../session-page';

export function Component() {
  const { t } = useTranslate();
  return (
    <SessionPage
      title={t('session.signIn')}
      question={t('session.noAccount')}
      answer={t('session.signUp')}
      getHref={paths.signUp.getHref}
    >
      <SignInForm />
    </SessionPage>
  );
}
