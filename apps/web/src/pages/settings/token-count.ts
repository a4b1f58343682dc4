/**
 * The whole number that somebody typed, with or without groups of three digits: `2,000,000`, `2 000 000`, `2.000.000`. `null`
 * when it is none, or not above zero.
 */
export function readTokenCount(text: string): number | null {
  const plain = text.trim();
  if (!/^(\d+|\d{1,3}([.,’'\s]\d{3})+)$/.test(plain)) return null;
  const count = Number(plain.replaceAll(/\D/g, ''));
  return count > 0 && Number.isSafeInteger(count) ? count : null;
}
