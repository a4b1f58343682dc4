import { monthOf } from '../month.ts';
import type { Month } from '../month.ts';

/** The kept totals that make up a time: those of periods by name and of whole days, and batches counted one by one. */
export interface Cover {
  /** '' for all time, or months: `2026-11`. */
  periods: string[];
  /** Whole days, `2026-11-23`: from the first until before the second. */
  days: (readonly [string, string])[];
  /** Parts of days, in Unix seconds: from the first until before the second. */
  moments: (readonly [number, number])[];
}

/** Unix seconds: batches created from the first until before the second. */
export interface TimeRange {
  from: number;
  to: number;
}

const DAY = 86_400;

/** No batch. */
export const NO_TIME: Cover = { periods: [], days: [], moments: [] };

/** All batches there are. */
export const ALL_TIME: Cover = { periods: [''], days: [], moments: [] };

/** Whole months, unless they are to be told apart by days, then whole days, then what is left at both ends. */
export function coverRange({ from, to }: TimeRange, { byDay = false } = {}): Cover {
  const [first, end] = [Math.ceil(from / DAY) * DAY, Math.floor(to / DAY) * DAY];
  if (first > end) return { periods: [], days: [], moments: notEmpty([[from, to]]) };
  const months = byDay ? [] : monthsWithin(first, end);
  const days = notEmpty([
    [first, months[0]?.start ?? end],
    [months.at(-1)?.end ?? end, end],
  ]);
  const moments = notEmpty([
    [from, first],
    [end, to],
  ]);
  return {
    periods: months.map(({ name }) => name),
    days: days.map(([start, stop]) => [dayText(start), dayText(stop)] as const),
    moments,
  };
}

/** The months that a time is in, whole. */
export function widenToMonths({ from, to }: TimeRange): TimeRange {
  return { from: monthOf(from).start, to: monthOf(to - 1).end };
}

/** The same time in stretches of five weeks, cut on Mondays: a month is one of them wherever it begins. */
export function cutIntoWeeks({ from, to }: TimeRange): TimeRange[] {
  const [week, stretch] = [7 * DAY, 35 * DAY];
  // The first Monday of Unix time was its fifth day.
  const firstEnd = Math.floor((from - 4 * DAY) / week) * week + 4 * DAY + stretch;
  const ranges: TimeRange[] = [];
  for (let [start, end] = [from, firstEnd]; start < to; [start, end] = [end, end + stretch]) {
    ranges.push({ from: start, to: Math.min(end, to) });
  }
  return ranges;
}

function notEmpty(ranges: Cover['moments']): Cover['moments'] {
  return ranges.filter(([start, end]) => start < end);
}

/** The months that are wholly in a time. */
function monthsWithin(from: number, to: number): Month[] {
  const months: Month[] = [];
  let month = monthOf(monthOf(from - 1).end);
  for (; month.end <= to; month = monthOf(month.end)) months.push(month);
  return months;
}

function dayText(seconds: number): string {
  return new Date(seconds * 1_000).toISOString().slice(0, 10);
}
