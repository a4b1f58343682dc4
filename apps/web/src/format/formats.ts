import { formatBytes } from './bytes.ts';
import { formatDuration } from './duration.ts';
import { formatMoney } from './money.ts';
import { formatRelative } from './relative-time.ts';

const ESTIMATE_DIGITS = 2;

/** Makes the formats of a locale: a language, or its kind in a country. `timeZone` is a name of the IANA list, or `local`. All times are Unix seconds. */
export function createFormats(language: string, timeZone: string) {
  const zone = timeZone === 'local' ? {} : { timeZone };
  const numbers = new Intl.NumberFormat(language);
  const compact = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 });
  const shares = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  const dates = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', ...zone });
  const exact = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'long', ...zone });
  const times = new Intl.DateTimeFormat(language, { timeStyle: 'medium', ...zone });
  const longDays = new Intl.DateTimeFormat(language, { dateStyle: 'full', ...zone });
  const days = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  const shortDays = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const months = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return {
    language,
    number: (value: number) => numbers.format(value),
    /** 12.3K: where a column has no room for all digits. */
    compact: (value: number) => compact.format(value),
    /** A share of 1, in percent. */
    share: (value: number) => shares.format(value),
    /** US dollars. */
    money: (dollars: number) => formatMoney(dollars, language),
    estimatedMoney: (dollars: number) => formatMoney(dollars, language, ESTIMATE_DIGITS),
    bytes: (bytes: number) => formatBytes(bytes, language),
    /** Seconds: `1 h 5 min`, `42 s`. */
    duration: (seconds: number) => formatDuration(seconds, language),
    /** "5 min ago"; `null` for less than a minute. */
    relative: (seconds: number, now: number) => formatRelative(seconds, now, language),
    /** To the minute. */
    date: (seconds: number) => dates.format(seconds * 1_000),
    /** With the day of the week, the second and the time zone. */
    exactDate: (seconds: number) => exact.format(seconds * 1_000),
    time: (seconds: number) => times.format(seconds * 1_000),
    /** The day that a time lies in, with the day of the week. */
    longDay: (seconds: number) => longDays.format(seconds * 1_000),
    /** A day (`2026-11-23`) and a month (`2026-11`) of UTC. */
    day: (day: string) => days.format(new Date(day)),
    shortDay: (day: string) => shortDays.format(new Date(day)),
    month: (month: string) => months.format(new Date(month)),
  };
}
