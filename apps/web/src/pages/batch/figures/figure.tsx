import { Show } from 'solid-js';
import type { JSX } from 'solid-js';

/** One number, what it counts, and what has to be said of it. */
export function Figure(props: { label: string; aside?: string | undefined; children: JSX.Element }) {
  return (
    <div class="batch-figure">
      <dt>{props.label}</dt>
      <dd class="batch-figure-value">{props.children}</dd>
      <Show when={props.aside}>
        <dd class="quiet small">{props.aside}</dd>
      </Show>
    </div>
  );
}
