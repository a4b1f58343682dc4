/** What of a list is seen. Sizes are pixels. */
export interface ListPlace {
  count: number;
  rowHeight: number;
  /** Height of what is seen of the list. */
  viewHeight: number;
  scrollTop: number;
}

/** Browsers know no element much higher than this. */
const MAX_HEIGHT = 10_000_000;
/** Rows kept ready above and below. */
const MARGIN = 6;

/** Which rows are seen, and where. */
export interface ScrollWindow {
  /** Height of the whole list. */
  height: number;
  /** The rows to show, with some above and below. */
  first: number;
  last: number;
  /** From where the first row is to its place in the list. */
  shift: number;
}

/**
 * The rows to show at a place of a list. A list that is too high for the browser is drawn smaller: a pixel of its scroll bar
 * is then more than one of its rows.
 */
export function windowOf({ count, rowHeight, viewHeight, scrollTop }: ListPlace): ScrollWindow {
  const height = Math.min(count * rowHeight, MAX_HEIGHT);
  const top = Math.min(Math.max(0, scrollTop), Math.max(0, height - viewHeight));
  const start = top * stretchOf({ count, rowHeight, viewHeight });
  const first = Math.max(0, Math.floor(start / rowHeight) - MARGIN);
  const last = Math.min(count - 1, Math.ceil((start + viewHeight) / rowHeight) + MARGIN);
  return { height, first, last, shift: top - start };
}

/** Where a list is scrolled to so that a row is seen as a whole: where it is, if it is seen there. */
export function scrollTopFor(index: number, place: ListPlace): number {
  const { rowHeight, viewHeight, scrollTop } = place;
  const stretch = stretchOf(place);
  const start = scrollTop * stretch;
  const rowTop = index * rowHeight;
  if (rowTop < start) return rowTop / stretch;
  if (rowTop + rowHeight > start + viewHeight) return (rowTop + rowHeight - viewHeight) / stretch;
  return scrollTop;
}

/** How many pixels of rows a pixel of the scroll bar is. */
function stretchOf({ count, rowHeight, viewHeight }: Omit<ListPlace, 'scrollTop'>): number {
  const full = count * rowHeight;
  return full <= MAX_HEIGHT ? 1 : (full - viewHeight) / (MAX_HEIGHT - viewHeight);
}
