import { createEffect, createSignal, on, onCleanup } from 'solid-js';

/** Follows a value one frame later: what says that a click was taken is painted before what takes long. */
export function createAfterPaint<T>(value: () => T): () => T {
  const [painted, setPainted] = createSignal(value());
  let frame: number | undefined;
  let timer: number | undefined;
  onCleanup(() => {
    if (frame !== undefined) cancelAnimationFrame(frame);
    clearTimeout(timer);
  });
  createEffect(
    on(
      value,
      (next) => {
        if (frame !== undefined) cancelAnimationFrame(frame);
        clearTimeout(timer);
        frame = requestAnimationFrame(() => {
          timer = window.setTimeout(() => setPainted(() => next));
        });
      },
      { defer: true },
    ),
  );
  return painted;
}
