import { useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { IconButton } from '@/components/ui/button';
import { CloseIcon } from '@/components/ui/icons';
import { MenuIcon } from '@/components/ui/work-icons';
import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { SideNavigation } from './side-navigation';

/** The navigation where there is no room for it beside the page. */
export function NavigationDrawer() {
  const { t } = useTranslate(adminWords);
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton label={t('nav.open')} onPress={() => setOpen(true)}>
        <MenuIcon />
      </IconButton>
      <ModalOverlay isOpen={open} isDismissable onOpenChange={setOpen} className="fixed inset-0 z-40 bg-overlay">
        <Modal className="h-full w-72 max-w-[85vw] overflow-y-auto bg-raised shadow-pop">
          <Dialog className="p-3 outline-none">
            <div className="mb-2 flex h-10 items-center justify-between pl-3">
              <Heading slot="title" className="font-bold">
                {t('nav.label')}
              </Heading>
              <IconButton label={t('close')} onPress={() => setOpen(false)}>
                <CloseIcon />
              </IconButton>
            </div>
            <SideNavigation onFollow={() => setOpen(false)} />
          </Dialog>
        </Modal>
      </ModalOverlay>
    </>
  );
}
