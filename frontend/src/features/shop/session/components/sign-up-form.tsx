import { Form } from 'react-aria-components/Form';
import { z } from 'zod';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { TextField } from '@/components/ui/text-field';
import { useTranslate } from '@/lib/i18n/translate';
import { toApiError } from '@/lib/problem';
import { useForm } from '@/lib/use-form';
import { useSignUp } from '../api/sign-up';

const schema = z.object({
  email: z
    .string()
    .trim()
    .min(1, 'validation.required')
    .max(50, 'validation.tooLong')
    .pipe(z.email('validation.email')),
  password: z.string().min(8, 'validation.password').max(128, 'validation.tooLong'),
  name: z.string().trim().min(1, 'validation.required').max(30, 'validation.tooLong'),
  phone: z
    .string()
    .trim()
    .regex(/^$|^[0-9+][0-9-]{7,18}$/, 'validation.phone')
    .transform((phone) => phone || undefined),
});

export function SignUpForm() {
  const { t } = useTranslate();
  const signUp = useSignUp();
  const form = useForm(schema, signUp.error && toApiError(signUp.error));
  return (
    <Form
      validationErrors={form.errors}
      validationBehavior="aria"
      onSubmit={form.handleSubmit((values) => signUp.mutate(values))}
      className="flex flex-col gap-4"
    >
      {form.message && <Notice tone="danger">{form.message}</Notice>}
      <TextField label={t('session.email')} name="email" type="email" autoComplete="username" isRequired />
      <TextField
        label={t('session.password')}
        hint={t('session.passwordHint')}
        name="password"
        type="password"
        autoComplete="new-password"
        isRequired
      />
      <TextField label={t('session.name')} name="name" autoComplete="name" isRequired />
      <TextField label={t('session.phone')} hint={t('session.phoneHint')} name="phone" type="tel" autoComplete="tel" />
      <div className="mt-2">
        <Button type="submit" size="large" wide isDisabled={signUp.isPending}>
          {t('session.signUp')}
        </Button>
      </div>
    </Form>
  );
}
