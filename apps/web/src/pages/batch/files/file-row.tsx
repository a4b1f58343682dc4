import { fileContentUrl } from '@batchdesk/shared';
import type { FileView } from '@batchdesk/shared';
import Download from 'lucide-solid/icons/download';
import { Show } from 'solid-js';
import { CopyButton } from '../../../components/copy-button.tsx';
import { useI18n } from '../../../i18n/i18n.tsx';
import { useApp } from '../../../state/app-state.tsx';

/** One file of a batch. */
export function FileRow(props: { file: FileView }) {
  const i18n = useI18n();
  const name = () => props.file.filename ?? props.file.id;
  const bytes = () => props.file.bytes ?? props.file.here;
  const isThere = () => props.file.here !== null || props.file.at_provider;
  const where = () => {
    const places = [
      props.file.here === null ? null : i18n.t('batch.here'),
      props.file.at_provider ? i18n.t('batch.atProvider') : null,
    ].filter((place) => place !== null);
    return places.length === 0 ? i18n.t('batch.fileGone') : places.join(', ');
  };
  return (
    <tr>
      <th scope="row">
        <span class="batch-file-name">
          <span>{name()}</span>
          <Show when={props.file.filename !== null}>
            <span class="batch-file-id">
              <span class="mono quiet small">{props.file.id}</span>
              <CopyButton text={props.file.id} what={i18n.t('batch.id')} />
            </span>
          </Show>
        </span>
      </th>
      <td data-label={i18n.t('batch.role')}>
        <Show when={props.file.role} fallback={i18n.t('common.none')}>
          {(role) => i18n.t(`batch.roles.${role()}`)}
        </Show>
      </td>
      <td class="number" data-label={i18n.t('batch.size')}>
        {bytes() === null ? i18n.t('common.unknown') : i18n.format().bytes(bytes() ?? 0)}
      </td>
      <td data-label={i18n.t('batch.where')}>
        <span class="batch-file-where">
          <span>{where()}</span>
          <Show when={props.file.needed_by}>
            {(need) => <span class="quiet small">{i18n.t(`batch.needs.${need()}`)}</span>}
          </Show>
        </span>
      </td>
      <td data-label={i18n.t('batch.expiry')}>
        <FileExpiry expiresAt={props.file.expires_at} />
      </td>
      <td class="number">
        <Show when={isThere()}>
          <a
            class="icon-button button"
            href={fileContentUrl(props.file.id)}
            download=""
            aria-label={i18n.t('batch.downloadFile', name())}
            title={i18n.t('common.download')}
          >
            <Download aria-hidden="true" />
          </a>
        </Show>
      </td>
    </tr>
  );
}

/** When the provider deletes a file; our copy stays. */
function FileExpiry(props: { expiresAt: number | null }) {
  const i18n = useI18n();
  const app = useApp();
  return (
    <Show when={props.expiresAt} fallback={<span class="quiet">{i18n.t('batch.never')}</span>}>
      {(time) => (
        <span title={i18n.format().exactDate(time())}>
          {time() <= app.now() ? i18n.t('batch.fileExpired') : i18n.format().date(time())}
        </span>
      )}
    </Show>
  );
}
