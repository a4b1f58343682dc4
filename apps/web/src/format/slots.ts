/** How a language writes pieces of time of UTC, by the day on which they begin: in words, and short for an axis. */
export function createSlotFormats(language: string, unit: 'day' | 'week' | 'month') {
  const options = { timeZone: 'UTC' } as const;
  const long =
    unit === 'month'
      ? new Intl.DateTimeFormat(language, { ...options, month: 'long', year: 'numeric' })
      : new Intl.DateTimeFormat(language, { ...options, dateStyle: 'medium' });
  const short =
    unit === 'month'
      ? new Intl.DateTimeFormat(language, { ...options, month: 'short', year: '2-digit' })
      : new Intl.DateTimeFormat(language, { ...options, day: 'numeric', month: 'short' });
  return {
    long: (day: string) => long.format(new Date(day)),
    short: (day: string) => short.format(new Date(day)),
  };
}
