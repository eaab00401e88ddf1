import type { ReactNode } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { IconButton } from './button';
import { CloseIcon } from './icons';

type SheetProps = { title: string; closeLabel: string; onClose: () => void; children: ReactNode };

/** A dialog that rises from the bottom edge of a phone. */
export default function Sheet({ title, closeLabel, onClose, children }: SheetProps) {
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => !open && onClose()}
      className="fixed inset-0 z-40 flex items-end bg-overlay"
    >
      <Modal className="max-h-[85dvh] w-full overflow-y-auto rounded-t-2xl bg-raised shadow-pop">
        <Dialog className="px-5 pt-3 pb-8 outline-none">
          <div className="flex items-center justify-between pb-2">
            <Heading slot="title" className="text-lg font-bold">
              {title}
            </Heading>
            <IconButton label={closeLabel} onPress={onClose}>
              <CloseIcon />
            </IconButton>
          </div>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
