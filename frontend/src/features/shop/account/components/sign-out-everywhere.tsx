import { lazy, Suspense, useState } from 'react';
import { useNavigate } from 'react-router';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { paths } from '@/config/paths';
import { problemMessage } from '@/lib/i18n/problem-message';
import { useTranslate } from '@/lib/i18n/translate';
import { toApiError } from '@/lib/problem';
import { useToasts } from '@/lib/toasts';
import { useSignOutEverywhere } from '../api/sign-out-everywhere';
import { AccountSection } from './account-section';

const ConfirmDialog = lazy(() => import('@/components/ui/confirm-dialog'));

/** For users who lost a phone, or left a computer signed in. */
export function SignOutEverywhere() {
  const { t } = useTranslate();
  const [asking, setAsking] = useState(false);
  return (
    <AccountSection title={t('account.devices')} text={t('account.devicesText')}>
      <div>
        <Button variant="secondary" onPress={() => setAsking(true)}>
          {t('account.signOutEverywhere')}
        </Button>
      </div>
      {asking && (
        <Suspense>
          <ConfirmDialog title={t('account.everywhere.title')} onClose={() => setAsking(false)}>
            <Question onClose={() => setAsking(false)} />
          </ConfirmDialog>
        </Suspense>
      )}
    </AccountSection>
  );
}

function Question({ onClose }: { onClose: () => void }) {
  const { t } = useTranslate();
  const showToast = useToasts((toasts) => toasts.show);
  const navigate = useNavigate();
  const signOut = useSignOutEverywhere({
    leave: async () => {
      const page = paths.catalogue.getHref();
      await navigate(page);
      // The router may show the page a moment later than it says.
      showToast({ text: t('account.everywhere.done'), page });
    },
  });
  return (
    <div className="mt-2 flex flex-col gap-5">
      <p className="text-[15px] text-ink-soft">{t('account.everywhere.text')}</p>
      {signOut.error && <Notice tone="danger">{problemMessage(toApiError(signOut.error), t)}</Notice>}
      <div className="grid gap-2 sm:grid-cols-2">
        <Button variant="secondary" wide onPress={onClose}>
          {t('cancel')}
        </Button>
        <Button wide isDisabled={signOut.isPending} onPress={() => signOut.mutate()}>
          {t(signOut.isPending ? 'sending' : 'account.everywhere.submit')}
        </Button>
      </div>
    </div>
  );
}
