import type { FileView } from '@batchdesk/shared';
import { A } from '@solidjs/router';
import { For, Show } from 'solid-js';
import { useI18n } from '../../i18n/i18n.tsx';
import { paths } from '../../routes.ts';

/** From here on the server does not count on. */
const MANY = 1_000;

/** The batches that have a file. */
export function FileUses(props: { file: FileView }) {
  const i18n = useI18n();
  const more = () => props.file.used_by_count - props.file.used_by.length;
  return (
    <Show when={props.file.used_by.length > 0} fallback={<span class="quiet">{i18n.t('files.unused')}</span>}>
      <ul class="file-uses">
        <For each={props.file.used_by}>
          {({ job_id, name }) => (
            <li>
              <A class={name === null ? 'mono' : ''} href={paths.batch(job_id)} title={name ?? job_id}>
                {name ?? job_id}
              </A>
            </li>
          )}
        </For>
        <Show when={more() > 0}>
          <li class="quiet small">
            {props.file.used_by_count >= MANY ? i18n.t('files.many') : i18n.t('files.more', more())}
          </li>
        </Show>
      </ul>
    </Show>
  );
}
