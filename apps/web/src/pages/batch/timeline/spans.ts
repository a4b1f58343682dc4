/** From one moment to another, in Unix seconds. */
export interface Span {
  start: number;
  end: number;
}

/** Seconds that lie in any of the spans; what several cover counts once. */
export function coveredSeconds(spans: readonly Span[]): number {
  let covered = 0;
  let reached = -Infinity;
  for (const { start, end } of spans.toSorted((one, other) => one.start - other.start)) {
    covered += Math.max(0, end - Math.max(start, reached));
    reached = Math.max(reached, end);
  }
  return covered;
}

/** Seconds from the beginning of the first span to the end of the last; 0 of none. */
export function wholeSeconds(spans: readonly Span[]): number {
  if (spans.length === 0) return 0;
  return Math.max(...spans.map(({ end }) => end)) - Math.min(...spans.map(({ start }) => start));
}
