import { Link } from 'react-router';
import { PageTitle } from '@/components/ui/page-title';
import { guideParts, paths, type GuidePart } from '@/config/paths';
import { guideWords, type GuideKey } from '@/lib/i18n/guide/words';
import { useTranslate } from '@/lib/i18n/translate';

const texts: Record<GuidePart, { title: GuideKey; lines: GuideKey[] }> = {
  card: {
    title: 'guide.card.title',
    lines: ['guide.card.pay', 'guide.card.toss', 'guide.card.deadline', 'guide.card.checking'],
  },
  transfer: {
    title: 'guide.transfer.title',
    lines: ['guide.transfer.account', 'guide.transfer.deadline', 'guide.transfer.match'],
  },
  delivery: {
    title: 'guide.delivery.title',
    lines: ['guide.delivery.fee', 'guide.delivery.start', 'guide.delivery.state'],
  },
  refund: {
    title: 'guide.refund.title',
    lines: ['guide.refund.until', 'guide.refund.card', 'guide.refund.transfer', 'guide.refund.unpaid'],
  },
};

/** How paying, delivery, cancelling and refunds work here. */
export function Component() {
  const { t } = useTranslate(guideWords);
  return (
    <div className="mx-auto max-w-3xl pb-16">
      <PageTitle title={t('guide.title')} />
      <nav aria-label={t('guide.contents')} className="flex flex-wrap gap-2 pb-8">
        {guideParts.map((part) => (
          <Link
            key={part}
            to={paths.guide.getHref(part)}
            className="inline-flex h-11 items-center rounded-full border border-line px-4 text-sm font-semibold text-ink-soft hover:border-line-strong hover:text-ink"
          >
            {t(texts[part].title)}
          </Link>
        ))}
      </nav>
      {guideParts.map((part) => (
        <section
          key={part}
          id={part}
          aria-labelledby={`${part}-title`}
          className="grid scroll-mt-28 gap-x-10 gap-y-3 border-t border-line py-8 md:grid-cols-[180px_1fr]"
        >
          <h2 id={`${part}-title`} className="text-[17px] font-bold">
            {t(texts[part].title)}
          </h2>
          <ul className="flex flex-col gap-2.5 leading-relaxed text-ink-soft">
            {texts[part].lines.map((line) => (
              <li key={line}>{t(line)}</li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
