import { Show } from 'solid-js';
import type { ParentProps } from 'solid-js';

/** Something that is known, by its name. */
export function Fact(props: ParentProps<{ label: string; hint?: string }>) {
  return (
    <div>
      <dt>{props.label}</dt>
      <dd>
        <span class="row">{props.children}</span>
        <Show when={props.hint}>{(hint) => <span class="quiet">{hint()}</span>}</Show>
      </dd>
    </div>
  );
}
