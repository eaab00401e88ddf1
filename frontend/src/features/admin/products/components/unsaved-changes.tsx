import type { MutableRefObject } from 'react';
import { LeaveGuard } from '@/components/ui/leave-guard';
import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';

/** Asks before unsaved input is lost. */
export function UnsavedChanges({ isDirty }: { isDirty: MutableRefObject<boolean> }) {
  const { t } = useTranslate(adminWords);
  return (
    <LeaveGuard
      isDirty={isDirty}
      title={t('productForm.leave.title')}
      text={t('productForm.leave.text')}
      leave={t('productForm.leave.submit')}
    />
  );
}
