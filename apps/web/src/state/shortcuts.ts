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

/** Does what keys say until the answer is called. Keys typed into a field, or into a window over the page, stay there. */
export function listenForShortcuts(actions: Record<Shortcut, () => void>): () => void {
  const bindings = Object.entries(SHORTCUTS).map(([name, keys]) => [
    keys,
    (event: KeyboardEvent) => {
      if (event.defaultPrevented || (name !== 'palette' && isElsewhere(event))) return;
      event.preventDefault();
      actions[name as Shortcut]();
    },
  ]);
  return tinykeys(window, Object.fromEntries(bindings), { ignore: () => false });
}

function isElsewhere({ target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.closest('input, textarea, select, [role="dialog"], [role="menu"]') !== null
  );
}
