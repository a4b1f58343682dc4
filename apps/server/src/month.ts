/** A month in UTC. Times are Unix seconds. */
export interface Month {
  /** 2026-11 */
  name: string;
  start: number;
  /** When the next one begins. */
  end: number;
}

/** The month in UTC that a time, in Unix seconds, is in. */
export function monthOf(at: number): Month {
  const date = new Date(at * 1_000);
  const startOf = (months: number) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months) / 1_000;
  return { name: date.toISOString().slice(0, 7), start: startOf(0), end: startOf(1) };
}
