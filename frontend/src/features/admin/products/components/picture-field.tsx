import { useState } from 'react';
import { Button as TriggerButton } from 'react-aria-components/Button';
import { DropZone } from 'react-aria-components/DropZone';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { Text } from 'react-aria-components/Text';
import { Button } from '@/components/ui/button';
import { buttonStyles } from '@/components/ui/button-styles';
import { ProductPicture } from '@/components/ui/product-picture';
import { adminWords } from '@/lib/i18n/admin/words';
import { problemMessage } from '@/lib/i18n/problem-message';
import { useTranslate } from '@/lib/i18n/translate';
import { toApiError } from '@/lib/problem';
import { useUploadPicture } from '../api/upload-picture';
import { pictureTypes, problemOfPicture } from '../picture-file';

type PictureFieldProps = { name: string; defaultValue: string; onChange: () => void };

/** A product's picture: dropped here or chosen, uploaded at once, and shown as the shop will show it. */
export function PictureField({ name, defaultValue, onChange }: PictureFieldProps) {
  const { t } = useTranslate(adminWords);
  const [src, setSrc] = useState(defaultValue);
  const [refusal, setRefusal] = useState<string | null>(null);
  const upload = useUploadPicture();

  function take(file: File | undefined) {
    if (!file) return;
    const problem = problemOfPicture(file);
    setRefusal(problem && t(problem));
    if (problem) return;
    upload.mutate(file, {
      onSuccess: ({ imageUrl }) => {
        setSrc(imageUrl);
        onChange();
      },
      onError: (error) => {
        const { status, code } = toApiError(error);
        if (status === 415) setRefusal(t('picture.type'));
        else if (status === 413) setRefusal(t('picture.size'));
        else if (code === 'picture_too_large') setRefusal(t('picture.pixels'));
        else setRefusal(problemMessage(toApiError(error), t));
      },
    });
  }

  return (
    <div className="flex flex-col gap-1.5">
      <input type="hidden" name={name} value={src} />
      <DropZone
        aria-label={t('picture.label')}
        getDropOperation={(types) => (pictureTypes.some((type) => types.has(type)) ? 'copy' : 'cancel')}
        onDrop={({ items }) => {
          const dropped = items.find((item) => item.kind === 'file');
          if (dropped) void dropped.getFile().then(take);
        }}
        className="flex items-center gap-4 rounded-xl border border-dashed border-line-strong p-3 data-drop-target:border-accent data-drop-target:bg-accent-wash data-focus-visible:outline-2 data-focus-visible:outline-accent"
      >
        <div className={`w-28 shrink-0 ${upload.isPending ? 'animate-pulse' : ''}`}>
          <ProductPicture src={src} eager />
        </div>
        <div className="flex min-w-0 flex-col items-start gap-2">
          <Text slot="label" className="text-sm font-semibold">
            {t('picture.drop')}
          </Text>
          <div className="flex flex-wrap gap-2">
            <FileTrigger acceptedFileTypes={pictureTypes} onSelect={(files) => take(files?.[0])}>
              <TriggerButton
                isDisabled={upload.isPending}
                className={buttonStyles({ variant: 'secondary', size: 'small' })}
              >
                {upload.isPending ? t('picture.uploading') : t('picture.choose')}
              </TriggerButton>
            </FileTrigger>
            {src && !upload.isPending && (
              <Button
                variant="quiet"
                size="small"
                onPress={() => {
                  setSrc('');
                  onChange();
                }}
              >
                {t('picture.remove')}
              </Button>
            )}
          </div>
          <p className="text-[13px] text-ink-faint">{t('picture.hint')}</p>
        </div>
      </DropZone>
      {refusal && (
        <p role="alert" className="text-[13px] text-danger">
          {refusal}
        </p>
      )}
    </div>
  );
}
