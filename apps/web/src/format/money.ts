/** Of an amount that is known; an estimate is not as exact as that. */
const DIGITS = 4;

/**
 * An amount of US dollars as a language writes it: cents from a dollar on, below it as many decimals as its significant
 * digits need, for a batch of small requests costs less than a cent.
 */
export function formatMoney(dollars: number, language: string, digits: number = DIGITS): string {
  const isSmall = Math.abs(dollars) < 1;
  const amount = isSmall ? Number(dollars.toPrecision(digits)) : dollars;
  const format = new Intl.NumberFormat(language, {
    style: 'currency',
    currency: 'USD',
    maximumFractionDigits: isSmall ? 10 : 2,
  });
  return format.format(amount);
}
