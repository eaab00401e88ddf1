import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { formatDay } from '@/lib/dates';
import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { formatWon, formatWonRoughly } from '@/lib/money';
import type { DayStatistics } from '../api/get-statistics';

const label = { fontSize: 12, fill: 'var(--ink-faint)' };

export default function SalesChart({ days }: { days: DayStatistics[] }) {
  const { t, language } = useTranslate(adminWords);
  return (
    <ResponsiveContainer>
      <BarChart data={days} accessibilityLayer={false} margin={{ top: 8, right: 4, bottom: 0, left: 0 }}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="date"
          tickFormatter={(day: string) => formatDay(day, language)}
          tick={label}
          tickLine={false}
          axisLine={{ stroke: 'var(--line)' }}
          minTickGap={24}
        />
        <YAxis
          width={56}
          tickFormatter={(sales: number) => formatWonRoughly(sales, language)}
          tick={label}
          tickLine={false}
          axisLine={false}
          allowDecimals={false}
        />
        <Tooltip
          cursor={{ fill: 'var(--surface)' }}
          isAnimationActive={false}
          content={({ active, payload }) => {
            const day = payload?.[0]?.payload as DayStatistics | undefined;
            if (!active || !day) return null;
            return (
              <div className="rounded-lg border border-line bg-raised px-3 py-2 text-sm shadow-pop">
                <p className="text-ink-soft">{formatDay(day.date, language)}</p>
                <p className="font-bold tabular-nums">{formatWon(day.sales, language)}</p>
                <p className="text-ink-soft tabular-nums">{t('today.ordersInPeriod', { count: day.orders })}</p>
              </div>
            );
          }}
        />
        <Bar dataKey="sales" fill="var(--accent)" radius={[4, 4, 0, 0]} maxBarSize={36} isAnimationActive={false} />
      </BarChart>
    </ResponsiveContainer>
  );
}
