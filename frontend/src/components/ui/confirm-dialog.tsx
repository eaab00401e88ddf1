import type { ReactNode } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';

type ConfirmDialogProps = { title: string; onClose: () => void; children: ReactNode };

/** Asks before an irreversible action. The children are the question and its buttons. */
export default function ConfirmDialog({ title, onClose, children }: ConfirmDialogProps) {
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => !open && onClose()}
      className="fixed inset-0 z-40 flex items-end justify-center bg-overlay sm:items-center sm:p-6"
    >
      <Modal className="max-h-[85dvh] w-full overflow-y-auto rounded-t-2xl bg-raised shadow-pop sm:max-w-md sm:rounded-2xl">
        <Dialog role="alertdialog" className="px-5 pt-5 pb-8 outline-none sm:p-6">
          <Heading slot="title" className="text-lg font-bold">
            {title}
          </Heading>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
