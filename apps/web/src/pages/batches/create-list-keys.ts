import { onCleanup } from 'solid-js';

interface ListKeys {
  search: () => void;
  /** Goes so many rows down. */
  move: (by: number) => void;
}

const MOVES: Record<string, number> = { j: 1, k: -1 };

/** Listens for the keys of the list: `/` searches, `j` and `k` go through its rows. Not while somebody types, or a window is open. */
export function createListKeys(keys: ListKeys): void {
  function press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTaken(event.target))
      return;
    const by = MOVES[event.key];
    if (event.key === '/') keys.search();
    else if (by !== undefined) keys.move(by);
    else return;
    event.preventDefault();
  }
  document.addEventListener('keydown', press);
  onCleanup(() => document.removeEventListener('keydown', press));
}

function isTaken(target: EventTarget | null): boolean {
  const isTyping =
    target instanceof Element && target.closest('input:not([type=checkbox]), select, textarea');
  return Boolean(isTyping) || document.querySelector('[role=dialog], [role=menu]') !== null;
}
