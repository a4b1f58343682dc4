const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const MINUTE_MS = 60_000;

/** The Unix second at which a day (`2026-11-23`) begins in a time zone of the IANA list, or `local`; `null` for no day. */
export function startOfDay(day: string, timeZone: string): number | null {
  const parts = DAY.exec(day);
  if (!parts) return null;
  const [year = 0, month = 0, date = 0] = parts.slice(1).map(Number);
  if (timeZone === 'local') return seconds(new Date(year, month - 1, date).getTime());
  const utc = Date.UTC(year, month - 1, date);
  const guess = utc - offsetMs(utc, timeZone);
  // The clocks may have changed between that moment and midnight.
  return seconds(utc - offsetMs(guess, timeZone));
}

/** The day (`2026-11-23`) that a Unix second is in. */
export function dayOf(second: number, timeZone: string): string {
  const zone = timeZone === 'local' ? {} : { timeZone };
  const format = new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    ...zone,
  });
  return format.format(second * 1_000);
}

/** The day after a day. */
export function nextDay(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}

function offsetMs(ms: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  const name = format.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  return (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * MINUTE_MS * (sign === '-' ? -1 : 1);
}

function seconds(ms: number): number {
  return Math.floor(ms / 1_000);
}
