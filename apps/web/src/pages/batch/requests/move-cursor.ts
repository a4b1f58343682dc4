/** Where a key leads to in a list, `null` when it leads nowhere. `at` is `null` while nothing is chosen. */
export function moveCursor(
  key: string,
  { at, count, pageRows, first }: { at: number | null; count: number; pageRows: number; first: number },
): number | null {
  if (count === 0) return null;
  const within = (index: number) => Math.min(Math.max(0, index), count - 1);
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return at === null ? within(first) : within(at + 1);
    case 'ArrowUp':
    case 'k':
      return at === null ? within(first) : within(at - 1);
    case 'PageDown':
      return within((at ?? first) + pageRows);
    case 'PageUp':
      return within((at ?? first) - pageRows);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
