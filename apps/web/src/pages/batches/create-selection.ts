import { createMemo, createSelector, createSignal } from 'solid-js';

/** What is ticked. */
export type Selection = ReturnType<typeof createSelection>;

/** Keeps which of the rows that are shown are ticked; rows that leave are no longer. */
export function createSelection(shown: () => readonly string[]) {
  const [ticked, setTicked] = createSignal<ReadonlySet<string>>(new Set());
  const isTicked = createSelector<ReadonlySet<string>, string>(ticked, (id, all) => all.has(id));
  const ids = createMemo(() => shown().filter((id) => ticked().has(id)));
  let last: string | undefined;

  /** Ticks a row or no longer; with `isRange` also those between it and the last one. */
  function toggle(id: string, isRange = false): void {
    const isOn = !ticked().has(id);
    const range = isRange && last !== undefined ? between(shown(), last, id) : [id];
    last = id;
    const next = new Set(ticked());
    for (const one of range) {
      if (isOn) next.add(one);
      else next.delete(one);
    }
    setTicked(next);
  }

  return {
    ids,
    has: isTicked,
    toggle,
    clear: () => setTicked(new Set<string>()),
    all: () => setTicked(new Set(shown())),
  };
}

/** The rows from one to another, both included, in their order. */
export function between(shown: readonly string[], from: string, to: string): readonly string[] {
  const [start = -1, end = -1] = [shown.indexOf(from), shown.indexOf(to)].toSorted((a, b) => a - b);
  return start === -1 ? [to] : shown.slice(start, end + 1);
}
