/** Significant digits of an amount below a dollar: a batch of small requests costs less than a cent. */
const DIGITS = 4;

/** An amount of US dollars as a language writes it: cents from a dollar on, below it as many decimals as 4 digits need. */
export function formatMoney(dollars: number, language: string): string {
  const isSmall = Math.abs(dollars) < 1;
  const amount = isSmall ? Number(dollars.toPrecision(DIGITS)) : dollars;
  const format = new Intl.NumberFormat(language, {
    style: 'currency',
    currency: 'USD',
    maximumFractionDigits: isSmall ? 10 : 2,
  });
  return format.format(amount);
}
