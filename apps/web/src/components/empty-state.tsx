import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { WithCode } from './with-code.tsx';

/** Stands where a list would be: why there is none, and the way on. */
export function EmptyState(props: { title: string; hint?: string; children?: JSX.Element }) {
  return (
    <div class="empty">
      <h2>{props.title}</h2>
      <Show when={props.hint}>
        {(hint) => (
          <p class="quiet">
            <WithCode text={hint()} />
          </p>
        )}
      </Show>
      <div class="row">{props.children}</div>
    </div>
  );
}
