const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
/** As OpenAI counts: its limit of 200 MB is 209,715,200 bytes. */
const STEP = 1_024;

/** A size as a language writes it: `1.2 MB`. */
export function formatBytes(bytes: number, language: string): string {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log(bytes) / Math.log(STEP)), UNITS.length - 1);
  const value = bytes / STEP ** power;
  const format = new Intl.NumberFormat(language, {
    style: 'unit',
    unit: UNITS[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 && power > 0 ? 1 : 0,
  });
  return format.format(value);
}
