import { formatTimestamp } from '@/lib/dates';
import { useTranslate } from '@/lib/i18n/translate';

/** A moment as lists have room for, in the reader's own zone. */
export function Timestamp({ at }: { at: string }) {
  const { language } = useTranslate();
  return (
    <time dateTime={at} className="whitespace-nowrap tabular-nums">
      {formatTimestamp(at, language)}
    </time>
  );
}
