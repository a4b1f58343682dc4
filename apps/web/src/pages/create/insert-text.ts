/** A text with a piece put in place of what is selected, and where the cursor stands then. */
export function insertText(
  text: string,
  piece: string,
  { start, end }: { start: number; end: number },
): { text: string; cursor: number } {
  return { text: text.slice(0, start) + piece + text.slice(end), cursor: start + piece.length };
}
