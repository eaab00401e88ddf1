import { useMutation } from '@tanstack/react-query';
import { saveFile } from '@/lib/download';
import { adminWords } from '@/lib/i18n/admin/words';
import { problemMessage } from '@/lib/i18n/problem-message';
import { useTranslate } from '@/lib/i18n/translate';
import { toApiError } from '@/lib/problem';
import { useToasts } from '@/lib/toasts';
import { Button } from './button';
import { DownloadIcon } from './work-icons';

type ExportButtonProps = {
  request: () => Promise<{ data?: Blob; response: Response }>;
  /** The file's name, unless the response sets one. */
  name: string;
};

/** Saves all pages of a list as a spreadsheet file. */
export function ExportButton({ request, name }: ExportButtonProps) {
  const { t } = useTranslate(adminWords);
  const showToast = useToasts((toasts) => toasts.show);
  const save = useMutation({ mutationFn: () => saveFile(request(), `${name}.csv`) });
  return (
    <Button
      variant="secondary"
      size="small"
      isDisabled={save.isPending}
      onPress={() =>
        save.mutate(undefined, {
          onError: (cause) => {
            const error = toApiError(cause);
            showToast({ text: error.status === 422 ? t('listing.tooMany') : problemMessage(error, t) });
          },
        })
      }
    >
      <DownloadIcon />
      {t(save.isPending ? 'listing.exporting' : 'listing.export')}
    </Button>
  );
}
