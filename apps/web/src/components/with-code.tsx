import { For } from 'solid-js';

/** A sentence whose parts between backticks are code. */
export function WithCode(props: { text: string }) {
  return (
    <For each={props.text.split('`')}>
      {(part, index) => (index() % 2 === 1 ? <code>{part}</code> : part)}
    </For>
  );
}
