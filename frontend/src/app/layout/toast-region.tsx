import { useEffect, useState } from 'react';
import { Link, useLocation } from 'react-router';
import { IconButton } from '@/components/ui/button';
import { CloseIcon } from '@/components/ui/icons';
import { useTranslate } from '@/lib/i18n/translate';
import { useToasts, type Toast } from '@/lib/toasts';

const shownFor = 5000;

/** Shows toasts at the lower edge and announces them politely. */
export function ToastRegion() {
  const toasts = useToasts((state) => state.toasts);
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-24 z-50 flex justify-center px-4 md:bottom-6"
    >
      {toasts.map((toast) => (
        <ToastMessage key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function ToastMessage({ toast }: { toast: Toast }) {
  const { t } = useTranslate();
  const dismiss = useToasts((state) => state.dismiss);
  const { pathname } = useLocation();
  const [shownAt] = useState(pathname);
  useEffect(() => {
    if (pathname !== shownAt && pathname !== toast.page) dismiss(toast.id);
  }, [dismiss, pathname, shownAt, toast.id, toast.page]);
  useEffect(() => {
    const timer = setTimeout(() => dismiss(toast.id), shownFor);
    return () => clearTimeout(timer);
  }, [dismiss, toast.id]);
  return (
    <div className="pointer-events-auto flex max-w-full items-center gap-3 rounded-xl bg-ink py-1.5 pr-1.5 pl-5 text-[15px] text-canvas shadow-pop">
      <span className="truncate">{toast.text}</span>
      {toast.link && (
        <Link to={toast.link.href} className="shrink-0 font-bold underline underline-offset-4">
          {toast.link.text}
        </Link>
      )}
      <IconButton label={t('close')} inverse onPress={() => dismiss(toast.id)}>
        <CloseIcon />
      </IconButton>
    </div>
  );
}
