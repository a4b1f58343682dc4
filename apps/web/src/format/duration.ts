const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** A length of time in its two largest units, as a language writes them: `1 hr 5 min`. */
export function formatDuration(seconds: number, language: string): string {
  let rest = Math.max(0, Math.floor(seconds));
  const first = UNITS.findIndex(([, length]) => rest >= length);
  const shown = UNITS.slice(first === -1 ? -1 : first, first === -1 ? undefined : first + 2);
  const parts = shown.map(([unit, length]) => {
    const value = Math.floor(rest / length);
    rest -= value * length;
    return { unit, value };
  });
  return parts
    .filter(({ value }, index) => index === 0 || value > 0)
    .map(({ unit, value }) =>
      new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(value),
    )
    .join(' ');
}
