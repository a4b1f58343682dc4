import { createEffect, createSignal, on, onCleanup } from 'solid-js';

const SETTLE_MS = 90;

/** A value that has not changed for a moment, `null` before that. */
export function createSettled<T>(value: () => T): () => T | null {
  const [settled, setSettled] = createSignal<T | null>(null);
  let timer: number | undefined;
  onCleanup(() => clearTimeout(timer));
  createEffect(
    on(value, (next) => {
      clearTimeout(timer);
      timer = window.setTimeout(() => setSettled(() => next), SETTLE_MS);
    }),
  );
  return settled;
}
