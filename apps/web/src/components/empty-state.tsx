import { Show } from 'solid-js';
import type { JSX } from 'solid-js';

/** Stands where a list would be: why there is none, and the way on. */
export function EmptyState(props: { title: string; hint?: string; children: JSX.Element }) {
  return (
    <div class="empty">
      <h3>{props.title}</h3>
      <Show when={props.hint}>
        <p class="quiet">{props.hint}</p>
      </Show>
      {props.children}
    </div>
  );
}
