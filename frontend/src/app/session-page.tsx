import type { ReactNode } from 'react';
import { Link, Navigate, useSearchParams } from 'react-router';
import { Notice } from '@/components/ui/notice';
import { PageTitle } from '@/components/ui/page-title';
import { safeNext } from '@/config/paths';
import { useTranslate } from '@/lib/i18n/translate';
import { useSession } from '@/lib/session';

type SessionPageProps = {
  title: string;
  question: string;
  answer: string;
  /** The other page of the two, keeping where to go afterwards. */
  getHref: (next: string) => string;
  children: ReactNode;
};

/** Sign-in and sign-up. Signed-in users continue to where they wanted to be. */
export function SessionPage({ title, question, answer, getHref, children }: SessionPageProps) {
  const { t } = useTranslate();
  const [params] = useSearchParams();
  const next = safeNext(params.get('next'));
  const status = useSession((session) => session.status);
  if (status === 'signed-in') return <Navigate to={next} replace />;
  return (
    <div className="mx-auto max-w-sm pt-4 pb-20 sm:pt-10">
      <PageTitle title={title} />
      {status === 'ended' && (
        <div role="status" className="mb-4">
          <Notice tone="caution">
            <strong>{t('session.ended.title')}</strong> {t('session.ended.text')}
          </Notice>
        </div>
      )}
      {children}
      <p className="mt-6 text-center text-sm text-ink-soft">
        {question}{' '}
        <Link to={getHref(next)} className="font-bold text-accent-strong underline underline-offset-4">
          {answer}
        </Link>
      </p>
    </div>
  );
}
