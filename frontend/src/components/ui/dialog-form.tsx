import { useEffect, type FormEvent, type ReactNode } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Form } from 'react-aria-components/Form';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useTranslate } from '@/lib/i18n/translate';
import { Button } from './button';
import { Notice } from './notice';

type DialogFormProps = {
  title: string;
  text?: ReactNode;
  submit: string;
  /** The dismiss button's label, where “cancel” could be mistaken for the action. */
  dismiss?: string;
  /** While true, the dialog stays open. */
  isPending?: boolean;
  /** An error that belongs to no field. `errors` has the others, by field name. */
  problem?: string | null;
  errors?: Record<string, string[]>;
  /** Marks an irreversible action. */
  danger?: boolean;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  onClose: () => void;
  /** The form fields, if the dialog needs any. */
  children?: ReactNode;
};

/** The dialog begins where there is something to fill in, as if it had been gone to with the Tab key. */
function focusFirstField(form: HTMLFormElement | null) {
  const field = form?.querySelector<HTMLInputElement | HTMLTextAreaElement>('input:not([type=hidden]), textarea');
  field?.focus();
  field?.select();
}

/**
 * The library gives the focus back to what opened the dialog. When that is gone because of what the dialog did, the page
 * has it, not nobody.
 */
function useFocusAfterwards() {
  useEffect(
    () => () => {
      const later = (then: () => void) => requestAnimationFrame(() => requestAnimationFrame(then));
      later(() => {
        if (document.activeElement === document.body)
          document.getElementById('content')?.focus({ preventScroll: true });
      });
    },
    [],
  );
}

/** A modal question with fields and two buttons. It is open while it is rendered. */
export function DialogForm(props: DialogFormProps) {
  const {
    title,
    text,
    submit,
    dismiss,
    isPending = false,
    problem,
    errors,
    danger = false,
    onSubmit,
    onClose,
    children,
  } = props;
  const { t } = useTranslate();
  useFocusAfterwards();
  return (
    <ModalOverlay
      isOpen
      isDismissable={!isPending && !children}
      isKeyboardDismissDisabled={isPending}
      onOpenChange={(open) => !open && onClose()}
      className="fixed inset-0 z-40 flex items-end justify-center bg-overlay sm:items-center sm:p-6"
    >
      <Modal className="max-h-[90dvh] w-full overflow-y-auto rounded-t-2xl bg-raised shadow-pop sm:max-w-md sm:rounded-2xl">
        <Dialog role={danger ? 'alertdialog' : 'dialog'} className="px-5 pt-5 pb-8 outline-none sm:p-6">
          <Heading slot="title" className="text-lg font-bold">
            {title}
          </Heading>
          {text && <div className="mt-2 text-[15px] text-ink-soft">{text}</div>}
          <Form
            ref={focusFirstField}
            validationBehavior="aria"
            validationErrors={errors}
            onSubmit={(event) => {
              event.preventDefault();
              if (!isPending) onSubmit(event);
            }}
            className="mt-4 flex flex-col gap-4"
          >
            {problem && <Notice tone="danger">{problem}</Notice>}
            {children}
            <div className="mt-1 grid grid-cols-2 gap-2">
              <Button variant="secondary" isDisabled={isPending} onPress={onClose}>
                {dismiss ?? t('cancel')}
              </Button>
              <Button type="submit" variant={danger ? 'danger' : 'primary'} isDisabled={isPending}>
                {isPending ? t('sending') : submit}
              </Button>
            </div>
          </Form>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
