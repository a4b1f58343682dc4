import { Index, Show } from 'solid-js';

/** A sentence whose parts between backticks are code. */
export function WithCode(props: { text: string }) {
  return (
    <Index each={props.text.split('`')}>
      {(part, index) => (
        <Show when={index % 2 === 1} fallback={part()}>
          <code>{part()}</code>
        </Show>
      )}
    </Index>
  );
}
