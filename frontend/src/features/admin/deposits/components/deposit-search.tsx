import type { Ref } from 'react';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { SearchField } from 'react-aria-components/SearchField';
import { Text } from 'react-aria-components/Text';
import { SearchIcon } from '@/components/ui/icons';
import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';

type DepositSearchProps = {
  inputRef: Ref<HTMLInputElement>;
  value: string;
  onChange: (value: string) => void;
  /** To the next or the previous row. */
  onStep: (by: 1 | -1) => void;
  onConfirm: () => void;
  /** Undoes the latest confirmation and returns whether there was one. */
  onUndo: () => boolean;
  /** What the rows below come to, for those who do not see them. */
  announcement: string;
};

/** The U key, also as a Korean keyboard writes it: no name begins with that vowel alone. */
const undoLetters = ['u', 'U', 'ㅕ'];

/** The field that the whole desk is worked from: words narrow the queue, arrows choose, Enter confirms, U takes back. */
export function DepositSearch(props: DepositSearchProps) {
  const { inputRef, value, onChange, onStep, onConfirm, onUndo, announcement } = props;
  const { t } = useTranslate(adminWords);
  return (
    <>
      <SearchField
        // This field is what the page is for.
        // eslint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        value={value}
        maxLength={100}
        onChange={(text) => {
          const undone = value === '' && undoLetters.includes(text) && onUndo();
          if (!undone) onChange(text);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') onStep(1);
          else if (event.key === 'ArrowUp') onStep(-1);
          else if (event.key === 'Enter') onConfirm();
          else event.continuePropagation();
        }}
        className="mb-4"
      >
        <Label className="sr-only">{t('deposits.search')}</Label>
        <div className="relative">
          <span aria-hidden="true" className="absolute inset-y-0 left-4 flex items-center text-ink-faint">
            <SearchIcon />
          </span>
          <Input
            ref={inputRef}
            placeholder={t('deposits.search')}
            autoComplete="off"
            className="h-14 w-full rounded-xl border border-line-strong bg-raised pr-4 pl-12 placeholder:text-ink-faint focus:border-accent focus:outline-2 focus:-outline-offset-1 focus:outline-accent sm:text-lg [&::-webkit-search-cancel-button]:hidden"
          />
        </div>
        <Text slot="description" className="mt-2 block text-[13px] text-ink-faint max-md:sr-only">
          {t('deposits.keys')}
        </Text>
      </SearchField>
      <p role="status" className="sr-only">
        {announcement}
      </p>
    </>
  );
}
