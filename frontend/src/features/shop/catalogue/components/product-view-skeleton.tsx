import { Skeleton } from '@/components/ui/skeleton';
import { useTranslate } from '@/lib/i18n/translate';

export function ProductViewSkeleton() {
  const { t } = useTranslate();
  return (
    <div role="status" aria-label={t('loading')} className="grid gap-12 pt-5 md:grid-cols-2 lg:gap-16 lg:pt-8">
      <Skeleton className="aspect-square rounded-xl" />
      <div className="flex flex-col gap-4">
        <Skeleton className="h-4 w-24" />
        <Skeleton className="h-8 w-3/4" />
        <Skeleton className="h-9 w-1/3" />
        <Skeleton className="mt-6 h-24" />
        <Skeleton className="mt-4 h-13" />
      </div>
    </div>
  );
}
