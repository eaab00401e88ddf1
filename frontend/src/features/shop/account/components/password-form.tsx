import { useState } from 'react';
import { Form } from 'react-aria-components/Form';
import { z } from 'zod';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { TextField } from '@/components/ui/text-field';
import { useTranslate } from '@/lib/i18n/translate';
import { toApiError } from '@/lib/problem';
import { useToasts } from '@/lib/toasts';
import { useForm } from '@/lib/use-form';
import { useChangePassword } from '../api/change-password';
import { AccountSection } from './account-section';

const schema = z.object({
  currentPassword: z.string().min(1, 'validation.required'),
  newPassword: z.string().min(8, 'validation.password').max(128, 'validation.tooLong'),
});

export function PasswordForm({ email }: { email: string }) {
  const { t } = useTranslate();
  const showToast = useToasts((toasts) => toasts.show);
  const change = useChangePassword();
  const error = change.error && toApiError(change.error);
  const form = useForm(schema, error, { refusals: { currentPassword: 'account.wrongPassword' } });
  const [changes, setChanges] = useState(0);
  return (
    <AccountSection title={t('account.password')} text={t('account.passwordText')}>
      <Form
        // Emptied when it has done its work.
        key={changes}
        validationErrors={form.errors}
        validationBehavior="aria"
        onSubmit={form.handleSubmit((values) =>
          change.mutate(values, {
            onSuccess: () => {
              showToast({ text: t('account.passwordChanged') });
              setChanges((count) => count + 1);
            },
          }),
        )}
        className="flex max-w-md flex-col gap-4"
      >
        {form.message && <Notice tone="danger">{form.message}</Notice>}
        {/* Tells password managers whose password it is. */}
        <input type="text" autoComplete="username" value={email} readOnly hidden />
        <TextField
          label={t('account.currentPassword')}
          name="currentPassword"
          type="password"
          autoComplete="current-password"
          isRequired
        />
        <TextField
          label={t('account.newPassword')}
          hint={t('session.passwordHint')}
          name="newPassword"
          type="password"
          autoComplete="new-password"
          isRequired
        />
        <div className="mt-1">
          <Button type="submit" isDisabled={change.isPending}>
            {t(change.isPending ? 'sending' : 'account.changePassword')}
          </Button>
        </div>
      </Form>
    </AccountSection>
  );
}
