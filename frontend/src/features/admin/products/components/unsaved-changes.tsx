import type { MutableRefObject } from 'react';
import { LeaveGuard } from '@/components/ui/leave-guard';
import { useAdminTranslate } from '@/lib/i18n/admin/translate';

/** Asks before what was typed is lost. */
export function UnsavedChanges({ isDirty }: { isDirty: MutableRefObject<boolean> }) {
  const t = useAdminTranslate();
  return (
    <LeaveGuard
      isDirty={isDirty}
      title={t('productForm.leave.title')}
      text={t('productForm.leave.text')}
      leave={t('productForm.leave.submit')}
    />
  );
}
