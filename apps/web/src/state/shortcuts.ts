import { tinykeys } from 'tinykeys';

/** The keys that work everywhere, as the sheet of shortcuts lists them. `$mod` is ⌘ on a Mac and Ctrl elsewhere. */
export const SHORTCUTS = {
  palette: '$mod+k',
  sheet: 'Shift+?',
  create: 'n',
  search: '/',
  overview: 'g o',
  batches: 'g b',
  files: 'g f',
  settings: 'g s',
} as const;

/** What a key does. */
export type Shortcut = keyof typeof SHORTCUTS;

/** Keys that only some views have: they listen themselves, and the sheet lists them. */
export const VIEW_KEYS = { move: ['j', 'k'], open: ['Enter'], leave: ['Esc'] } as const;

/** Where keys write. */
const FIELDS = 'textarea, select, input:not([type="checkbox"], [type="radio"], [type="button"])';

/** Does what keys say until the answer is called. Keys typed into a field, or into a window over the page, stay there. */
export function listenForShortcuts(actions: Record<Shortcut, () => void>): () => void {
  const bindings = Object.entries(SHORTCUTS).map(([name, keys]) => [
    keys,
    (event: KeyboardEvent) => {
      if (event.defaultPrevented || isElsewhere(event, name === 'palette')) return;
      event.preventDefault();
      actions[name as Shortcut]();
    },
  ]);
  return tinykeys(window, Object.fromEntries(bindings), { ignore: () => false });
}

/** Whether a key belongs to a window or a menu over the page, or, unless it is none that writes, to a field. */
function isElsewhere({ target }: KeyboardEvent, writesNothing: boolean): boolean {
  if (document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null) return true;
  if (writesNothing || !(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest(FIELDS) !== null;
}
