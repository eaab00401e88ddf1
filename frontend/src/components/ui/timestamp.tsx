import { formatTimestamp } from '@/lib/dates';
import { useTranslate } from '@/lib/i18n/translate';

/** A short date and time in the reader's time zone. */
export function Timestamp({ at }: { at: string }) {
  const { language } = useTranslate();
  return (
    <time dateTime={at} className="whitespace-nowrap tabular-nums">
      {formatTimestamp(at, language)}
    </time>
  );
}
