import { Form } from 'react-aria-components/Form';
import { z } from 'zod';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { TextField } from '@/components/ui/text-field';
import { useTranslate } from '@/lib/i18n/translate';
import { toApiError } from '@/lib/problem';
import { useForm } from '@/lib/use-form';
import { useSignIn } from '../api/sign-in';

const schema = z.object({
  email: z.string().trim().min(1, 'validation.required'),
  password: z.string().min(1, 'validation.required'),
});

/** Signs in; `email` is filled in already for somebody who comes back. */
export function SignInForm({ email }: { email?: string }) {
  const { t } = useTranslate();
  const signIn = useSignIn();
  const form = useForm(schema, signIn.error && toApiError(signIn.error));
  return (
    <Form
      validationErrors={form.errors}
      validationBehavior="aria"
      onSubmit={form.handleSubmit((values) => signIn.mutate(values))}
      className="flex flex-col gap-4"
    >
      {form.message && <Notice tone="danger">{form.message}</Notice>}
      <TextField
        label={t('session.email')}
        name="email"
        type="email"
        autoComplete="username"
        defaultValue={email}
        isRequired
      />
      <TextField
        label={t('session.password')}
        name="password"
        type="password"
        autoComplete="current-password"
        isRequired
      />
      <div className="mt-2">
        <Button type="submit" size="large" wide isDisabled={signIn.isPending}>
          {t('session.signIn')}
        </Button>
      </div>
    </Form>
  );
}
