/** The number that somebody typed, with a comma or a point; `NaN` when it is none, or below zero. */
export function readDecimal(text: string): number {
  const plain = text.trim().replace(',', '.');
  return /^(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : Number.NaN;
}

/** A number as it is typed in a language: without groups, with its decimal sign. */
export function writeDecimal(value: number, language: string): string {
  return new Intl.NumberFormat(language, { useGrouping: false, maximumFractionDigits: 10 }).format(value);
}
