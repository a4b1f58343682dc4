/** Seconds by which a clock may be set without anything being done about it. */
const LEAST_SECONDS = 10;

/** Watches for the clock of this machine being set: returns by how many seconds since the last look, 0 for hardly any. */
export function watchClock(): () => number {
  const difference = () => (Date.now() - performance.now()) / 1_000;
  let known = difference();
  return () => {
    const jump = Math.round(difference() - known);
    if (Math.abs(jump) < LEAST_SECONDS) return 0;
    known = difference();
    return jump;
  };
}
