import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { DialogForm } from '@/components/ui/dialog-form';
import { adminWords } from '@/lib/i18n/admin/words';
import { problemMessage } from '@/lib/i18n/problem-message';
import { useTranslate } from '@/lib/i18n/translate';
import { toApiError } from '@/lib/problem';
import { useToasts } from '@/lib/toasts';
import type { User } from '@/types/api';
import { useChangeRole } from '../api/change-role';

/** Grants or revokes the administrator role, after asking. */
export function ChangeRole({ user: { id, name, email, role } }: { user: User }) {
  const { t } = useTranslate(adminWords);
  const showToast = useToasts((toasts) => toasts.show);
  const [asking, setAsking] = useState(false);
  const change = useChangeRole(id);
  const error = change.error && toApiError(change.error);
  const promotes = role === 'USER';
  const label = t(promotes ? 'users.promote' : 'users.demote');
  return (
    <>
      <Button size="small" variant="secondary" onPress={() => setAsking(true)}>
        {label}
      </Button>
      {asking && (
        <DialogForm
          title={t(promotes ? 'users.promote.title' : 'users.demote.title', { name })}
          text={t(promotes ? 'users.promote.text' : 'users.demote.text', { email })}
          submit={label}
          danger={!promotes}
          isPending={change.isPending}
          problem={error && (error.code === 'own_role' ? t('users.ownRole') : problemMessage(error, t))}
          onSubmit={() =>
            change.mutate(promotes ? 'ADMIN' : 'USER', {
              onSuccess: () => {
                showToast({ text: t(promotes ? 'users.promote.done' : 'users.demote.done', { name }) });
                setAsking(false);
              },
            })
          }
          onClose={() => {
            change.reset();
            setAsking(false);
          }}
        />
      )}
    </>
  );
}
