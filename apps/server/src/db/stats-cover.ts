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
  const [firstDay, endDay] = [Math.ceil(from / DAY), Math.floor(to / DAY)];
  if (firstDay > endDay) return { periods: [], days: [], moments: notEmpty([[from, to]]) };
  const moments = notEmpty([
    [from, firstDay * DAY],
    [endDay * DAY, to],
  ]);
  const [firstMonth, endMonth] = [monthFrom(firstDay), monthOf(endDay)];
  if (byDay || firstMonth >= endMonth) {
    return { periods: [], days: toDays([[firstDay, endDay]]), moments };
  }
  const months = Array.from({ length: endMonth - firstMonth }, (_, index) =>
    dayText(startOf(firstMonth + index)).slice(0, 7),
  );
  const days = toDays([
    [firstDay, startOf(firstMonth)],
    [startOf(endMonth), endDay],
  ]);
  return { periods: months, days, moments };
}

/** The same time in stretches of four weeks that begin on Mondays. */
export function cutIntoWeeks({ from, to }: TimeRange): TimeRange[] {
  const stretch = 28 * DAY;
  // The first Monday of Unix time was its fifth day.
  const firstEnd = Math.floor((from - 4 * DAY) / stretch) * stretch + 4 * DAY + stretch;
  const ranges: TimeRange[] = [];
  for (let [start, end] = [from, firstEnd]; start < to; [start, end] = [end, end + stretch]) {
    ranges.push({ from: start, to: Math.min(end, to) });
  }
  return ranges;
}

function notEmpty<T extends number>(ranges: (readonly [T, T])[]): (readonly [T, T])[] {
  return ranges.filter(([start, end]) => start < end);
}

function toDays(ranges: (readonly [number, number])[]): Cover['days'] {
  return notEmpty(ranges).map(([start, end]) => [dayText(start), dayText(end)] as const);
}

/** Months are counted from 1970-01, days from 1970-01-01. */
function monthOf(day: number): number {
  const date = new Date(day * DAY * 1_000);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

function monthFrom(day: number): number {
  const month = monthOf(day);
  return startOf(month) === day ? month : month + 1;
}

function startOf(month: number): number {
  return Date.UTC(1970, month, 1) / DAY / 1_000;
}

function dayText(day: number): string {
  return new Date(day * DAY * 1_000).toISOString().slice(0, 10);
}
