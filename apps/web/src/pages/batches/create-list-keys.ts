import { onCleanup } from 'solid-js';

const MOVES: Record<string, number> = { j: 1, k: -1 };

/** Listens for the keys of the list: `j` and `k` go through its rows, `by` rows down. Not while somebody types, or a window is open. */
export function createListKeys(move: (by: number) => void): void {
  function press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTaken(event.target))
      return;
    const by = MOVES[event.key];
    if (by === undefined) return;
    move(by);
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
