import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useNavigate } from 'react-router';
import { Button } from '@/components/ui/button';
import { paths } from '@/config/paths';
import { SignInForm } from '@/features/shop/session/components/sign-in-form';
import { useTranslate } from '@/lib/i18n/translate';
import { endSession } from '@/lib/session';

/** Asks to sign in again, over the page, which keeps what was typed. */
export default function SessionEnded({ email }: { email: string }) {
  const { t } = useTranslate();
  const navigate = useNavigate();

  async function leave() {
    await navigate(paths.catalogue.getHref());
    endSession();
  }

  return (
    <ModalOverlay
      isOpen
      isKeyboardDismissDisabled
      className="fixed inset-0 z-40 flex items-end justify-center bg-overlay sm:items-center sm:p-6"
    >
      <Modal className="max-h-[85dvh] w-full overflow-y-auto rounded-t-2xl bg-raised shadow-pop sm:max-w-md sm:rounded-2xl">
        <Dialog role="alertdialog" className="px-5 pt-5 pb-8 outline-none sm:p-6">
          <Heading slot="title" className="text-lg font-bold">
            {t('session.ended.title')}
          </Heading>
          <p className="mt-1 mb-5 text-[15px] text-ink-soft">{t('session.ended.text')}</p>
          <SignInForm email={email} />
          <div className="mt-2 text-center">
            <Button variant="quiet" size="small" onPress={() => void leave()}>
              {t('session.ended.leave')}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
