import type { Language } from './i18n/language';

const grouped = new Intl.NumberFormat('ko-KR', { maximumFractionDigits: 0 });

/** The one way the shop writes an amount of won. */
export function formatWon(amount: number, language: Language): string {
  return language === 'ko' ? `${grouped.format(amount)}원` : `₩${grouped.format(amount)}`;
}

/** An amount in round figures, for the scale of a chart. */
export function formatWonRoughly(amount: number, language: Language): string {
  const rough = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 }).format(amount);
  return language === 'ko' ? rough : `₩${rough}`;
}

export const sumAmounts = (amounts: readonly number[]) => amounts.reduce((sum, amount) => sum + amount, 0);

export type Priced = { price: number; quantity: number };

export const lineTotal = (line: Priced) => line.price * line.quantity;

export const sumLines = (lines: readonly Priced[]) => lines.reduce((sum, line) => sum + lineTotal(line), 0);
