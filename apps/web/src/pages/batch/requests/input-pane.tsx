import type { Job, RequestView } from '@batchdesk/shared';
import { For, Show } from 'solid-js';
import { useI18n } from '../../../i18n/i18n.tsx';
import { BodyPane } from './body-pane.tsx';
import { readInput, readSettings } from './read/read-input.ts';

/** What was sent: the model and how it was to answer, and what it was asked. */
export function InputPane(props: { job: Job; request: RequestView; isJson: boolean }) {
  const i18n = useI18n();
  return (
    <BodyPane
      job={props.job}
      request={props.request}
      part="input"
      title={i18n.t('requests.parts.input')}
      isJson={props.isJson}
      read={readInput}
      before={(line) => (
        <Show when={readSettings(line).length > 0}>
          <dl class="settings">
            <For each={readSettings(line)}>
              {([name, value]) => (
                <div>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              )}
            </For>
          </dl>
        </Show>
      )}
    />
  );
}
