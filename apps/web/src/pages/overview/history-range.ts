/** How far back the charts go. The first is what they show when the address says nothing. */
export const RANGES = ['30d', '7d', '90d', '12m'] as const;

/** How far back the charts go. */
export type RangeName = (typeof RANGES)[number];

/** A stretch of time that ends now, and the pieces that it is shown in. Days, weeks and months are of UTC. */
export interface HistoryRange {
  name: RangeName;
  group_by: 'day' | 'week' | 'month';
  /** The days on which the pieces begin: `2026-11-23`. */
  days: string[];
}

const DAY_MS = 86_400_000;
const WEEKS = 13;
const MONTHS = 12;

/** The range that an address names. What it says wrong counts as not said. */
export function readRange(name: unknown): RangeName {
  return RANGES.find((known) => known === name) ?? RANGES[0];
}

/** The pieces of a range on a day, the one under way last. */
export function toRange(name: RangeName, today: string): HistoryRange {
  const now = Date.parse(today);
  switch (name) {
    case '7d':
    case '30d':
      return { name, group_by: 'day', days: daysBefore(now, Number.parseInt(name, 10), 1) };
    case '90d':
      return { name, group_by: 'week', days: daysBefore(mondayOf(now), WEEKS, 7) };
    default:
      return { name, group_by: 'month', days: monthsBefore(now) };
  }
}

/** The day of a moment in Unix seconds. */
export function dayOf(seconds: number): string {
  return toDay(seconds * 1_000);
}

/** How the server names the piece of time that begins on a day: `2026-11-23`, `2026-W48` (ISO 8601) or `2026-11`. */
export function groupOf(day: string, group_by: HistoryRange['group_by']): string {
  if (group_by === 'day') return day;
  if (group_by === 'month') return day.slice(0, 7);
  // The week belongs to the year of its Thursday.
  const thursday = mondayOf(Date.parse(day)) + 3 * DAY_MS;
  const year = new Date(thursday).getUTCFullYear();
  const week = Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * DAY_MS)) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

function daysBefore(last: number, count: number, step: number): string[] {
  return Array.from({ length: count }, (_, index) => toDay(last - (count - 1 - index) * step * DAY_MS));
}

function monthsBefore(now: number): string[] {
  const date = new Date(now);
  return Array.from({ length: MONTHS }, (_, index) =>
    toDay(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - (MONTHS - 1 - index), 1)),
  );
}

function mondayOf(time: number): number {
  const sinceMonday = (new Date(time).getUTCDay() + 6) % 7;
  return time - sinceMonday * DAY_MS;
}

function toDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
