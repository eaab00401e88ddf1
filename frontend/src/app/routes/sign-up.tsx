import { SignUpForm } from '@/features/shop/session/components/sign-up-form';
import { paths } from '@/config/paths';
import { useTranslate } from '@/lib/i18n/translate';
import { SessionPage } from '../session-page';

export function Component() {
  const { t } = useTranslate();
  return (
    <SessionPage
      title={t('session.signUp')}
      question={t('session.haveAccount')}
      answer={t('session.signIn')}
      getHref={paths.signIn.getHref}
    >
      <SignUpForm />
    </SessionPage>
  );
}
