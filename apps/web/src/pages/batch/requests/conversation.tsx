import { For, Show, createSignal } from 'solid-js';
import { useI18n } from '../../../i18n/i18n.tsx';
import type { Turn } from './read/body-view.ts';
import { TurnPart } from './turn-part.tsx';

const SHOWN = 50;

/** What each side said, one after the other. */
export function Conversation(props: { turns: readonly Turn[] }) {
  const i18n = useI18n();
  const [shown, setShown] = createSignal(SHOWN);
  return (
    <>
      <ol class="conversation">
        <For each={props.turns.slice(0, shown())}>
          {(turn) => (
            <li class="turn">
              <Show when={turn.role || turn.note}>
                <p class="turn-head">
                  <b>{turn.role}</b> <span class="quiet">{turn.note}</span>
                </p>
              </Show>
              <For each={turn.parts.slice(0, PARTS)}>{(part) => <TurnPart part={part} />}</For>
              <Show when={turn.parts.length > PARTS}>
                <p class="quiet small">{i18n.t('requests.moreParts', turn.parts.length - PARTS)}</p>
              </Show>
            </li>
          )}
        </For>
      </ol>
      <Show when={props.turns.length > shown()}>
        <button type="button" class="link-button" onClick={() => setShown(shown() + SHOWN)}>
          {i18n.t('common.showMore')}
        </button>
      </Show>
    </>
  );
}

/** Of one turn; a list of embedding inputs can have 2,048. The rest stands in the JSON. */
const PARTS = 100;
