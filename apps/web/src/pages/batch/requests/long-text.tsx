import { For, Show, createMemo, createSignal } from 'solid-js';
import { useI18n } from '../../../i18n/i18n.tsx';
import { cutIntoPieces, cutText } from './cut-text.ts';

/** Of a text, before somebody asks for all of it. */
const SHOWN = 20_000;
/** Laid out as one; those out of sight are not. */
const PIECE = 4_000;

interface LongTextProps {
  text: string;
  isCode?: boolean;
  /** Characters shown at first; 20,000 if left out. */
  shown?: number;
}

/** A text of any length, as it is: in its own direction, never as HTML. */
export function LongText(props: LongTextProps) {
  const i18n = useI18n();
  const [whole, setWhole] = createSignal<string | null>(null);
  const limit = () => props.shown ?? SHOWN;
  const isWhole = () => whole() === props.text;
  const pieces = createMemo(() => {
    const text = isWhole() ? props.text : cutText(props.text, limit());
    return text.length <= PIECE ? [text] : cutIntoPieces(text, PIECE);
  });
  return (
    <>
      <div class={props.isCode ? 'long-text long-code' : 'long-text'}>
        <For each={pieces()}>
          {(piece) => (
            <div class="text-piece" dir={props.isCode ? 'ltr' : 'auto'}>
              {piece}
            </div>
          )}
        </For>
      </div>
      <Show when={props.text.length > limit() && !isWhole()}>
        <p class="small quiet">
          {i18n.t('requests.cut', i18n.format().number(limit()), i18n.format().number(props.text.length))}{' '}
          <button type="button" class="link-button" onClick={() => setWhole(props.text)}>
            {i18n.t('requests.showAll')}
          </button>
        </p>
      </Show>
    </>
  );
}
