const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** "5 min. ago" in a language; `null` for less than a minute ago. Both times in Unix seconds. */
export function formatRelative(seconds: number, nowSeconds: number, language: string): string | null {
  const age = nowSeconds - seconds;
  const unit = UNITS.find(([, length]) => age >= length);
  if (!unit) return null;
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'always', style: 'short' });
  return format.format(-Math.floor(age / unit[1]), unit[0]);
}
