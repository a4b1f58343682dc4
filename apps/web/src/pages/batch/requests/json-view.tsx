import { Show, createMemo } from 'solid-js';
import { CopyButton } from '../../../components/copy-button.tsx';
import { useI18n } from '../../../i18n/i18n.tsx';
import { LongText } from './long-text.tsx';
import { writeJson } from './read/json-shape.ts';

/** Characters shown at first. */
const SHOWN = 200_000;

/** A body as JSON, to read and to copy. */
export function JsonView(props: { value: unknown; what: string }) {
  const i18n = useI18n();
  const json = createMemo(() => writeJson(props.value));
  return (
    <Show when={json()} fallback={<p class="quiet">{i18n.t('requests.tooDeep')}</p>}>
      {(text) => (
        <div class="json-view">
          <CopyButton text={text()} what={props.what} />
          <LongText text={text()} isCode shown={SHOWN} />
        </div>
      )}
    </Show>
  );
}
