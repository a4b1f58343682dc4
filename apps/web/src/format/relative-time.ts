const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** Made once: each row of a list asks each second, and making one takes far longer than using it. */
const FORMATS = new Map<string, Intl.RelativeTimeFormat>();

/** "5 min. ago" in a language; `null` for less than a minute ago. Both times in Unix seconds. */
export function formatRelative(seconds: number, nowSeconds: number, language: string): string | null {
  const age = nowSeconds - seconds;
  const unit = UNITS.find(([, length]) => age >= length);
  if (!unit) return null;
  return formatOf(language).format(-Math.floor(age / unit[1]), unit[0]);
}

function formatOf(language: string): Intl.RelativeTimeFormat {
  const known = FORMATS.get(language);
  if (known) return known;
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'always', style: 'short' });
  FORMATS.set(language, format);
  return format;
}
