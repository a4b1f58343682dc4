import { Index, Show, createMemo, createSignal } from 'solid-js';
import { previewRequests } from '../../create/build-requests.ts';
import { readTarget } from '../../create/read-draft.ts';
import type { TableHead } from '../../create/table.ts';
import { useI18n } from '../../i18n/i18n.tsx';
import { useForm } from './form-context.tsx';
import { readPreview } from './read-preview.ts';

/** The first rows as they would be sent, while the template is written. */
export function Preview(props: { head: TableHead }) {
  const i18n = useI18n();
  const { draft } = useForm();
  const [isJson, setIsJson] = createSignal(false);
  const preview = createMemo(() => {
    const read = readTarget(draft.fields);
    return 'target' in read ? previewRequests(props.head, read.target).requests : [];
  });
  return (
    <section class="preview" aria-labelledby="preview-title">
      <div class="row">
        <h2 id="preview-title">{i18n.t('create.preview')}</h2>
        <Show when={preview().length}>
          {(count) => <span class="quiet">{i18n.t('create.previewHint', count())}</span>}
        </Show>
        <label class="check row-end">
          <input
            type="checkbox"
            checked={isJson()}
            onChange={(event) => setIsJson(event.currentTarget.checked)}
          />
          {i18n.t('create.showJson')}
        </label>
      </div>
      <ol class="preview-rows">
        <Index each={preview()}>
          {(made) => {
            const texts = () => readPreview(made().request);
            return (
              <li class="preview-row">
                <span class="quiet small">
                  {i18n.t('create.previewRow', made().row)} ·{' '}
                  <span class="mono">{made().request.custom_id}</span>
                </span>
                <Show when={!isJson()} fallback={<pre>{JSON.stringify(made().request, null, 2)}</pre>}>
                  <dl class="preview-texts">
                    <Show when={texts().system !== null}>
                      <dt>{i18n.t('create.previewSystem')}</dt>
                      <dd>{texts().system}</dd>
                    </Show>
                    <dt>{i18n.t('create.previewPrompt')}</dt>
                    <dd>{texts().prompt}</dd>
                  </dl>
                </Show>
              </li>
            );
          }}
        </Index>
      </ol>
    </section>
  );
}
