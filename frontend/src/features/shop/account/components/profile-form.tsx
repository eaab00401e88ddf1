import { Form } from 'react-aria-components/Form';
import { z } from 'zod';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { TextField } from '@/components/ui/text-field';
import { useTranslate } from '@/lib/i18n/translate';
import { toApiError } from '@/lib/problem';
import { useToasts } from '@/lib/toasts';
import { useForm } from '@/lib/use-form';
import type { User } from '@/types/api';
import { useChangeProfile } from '../api/change-profile';
import { AccountSection } from './account-section';

const schema = z.object({
  name: z.string().trim().min(1, 'validation.required').max(30, 'validation.tooLong'),
  phone: z
    .string()
    .trim()
    .regex(/^$|^[0-9+() -]{7,20}$/, 'validation.phone'),
});

export function ProfileForm({ user }: { user: User }) {
  const { t } = useTranslate();
  const showToast = useToasts((toasts) => toasts.show);
  const change = useChangeProfile();
  const form = useForm(schema, change.error && toApiError(change.error));
  return (
    <AccountSection title={t('account.profile')}>
      <Form
        validationErrors={form.errors}
        validationBehavior="aria"
        onSubmit={form.handleSubmit((values) =>
          change.mutate(values, { onSuccess: () => showToast({ text: t('account.saved') }) }),
        )}
        className="flex max-w-md flex-col gap-4"
      >
        {form.message && <Notice tone="danger">{form.message}</Notice>}
        <TextField label={t('session.email')} type="email" autoComplete="username" value={user.email} isReadOnly />
        <TextField label={t('session.name')} name="name" autoComplete="name" defaultValue={user.name} isRequired />
        <TextField
          label={t('session.phone')}
          hint={t('session.phoneHint')}
          name="phone"
          type="tel"
          autoComplete="tel"
          placeholder="010-1234-5678"
          defaultValue={user.phone ?? ''}
        />
        <div className="mt-1">
          <Button type="submit" isDisabled={change.isPending}>
            {t(change.isPending ? 'sending' : 'account.save')}
          </Button>
        </div>
      </Form>
    </AccountSection>
  );
}
