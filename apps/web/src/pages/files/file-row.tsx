import type { DeleteFileWhere, FileView } from '@batchdesk/shared';
import { Show } from 'solid-js';
import { CopyButton } from '../../components/copy-button.tsx';
import { Time } from '../../components/time.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { contentOf, sizeOf } from './file-facts.ts';
import { FileExpiry } from './file-expiry.tsx';
import { FileMenu } from './file-menu.tsx';
import { FileUses } from './file-uses.tsx';

/** One file. */
export function FileRow(props: { file: FileView; onDelete: (where: DeleteFileWhere) => void }) {
  const i18n = useI18n();
  const column = (name: 'content' | 'size' | 'requests' | 'created' | 'expires' | 'where' | 'usedBy') =>
    i18n.t(`files.columns.${name}`);
  const size = () => sizeOf(props.file);
  const where = () => {
    const places = [
      props.file.at_provider ? i18n.t('files.places.provider') : null,
      props.file.here === null ? null : i18n.t('files.places.here'),
    ].filter((place) => place !== null);
    return places.length === 0 ? i18n.t('files.places.gone') : places.join(', ');
  };
  return (
    <tr>
      <th scope="row" class="file-name">
        <Show when={props.file.filename} fallback={<span class="quiet">{i18n.t('files.unnamed')}</span>}>
          {(name) => (
            <div class="cut" title={name()}>
              {name()}
            </div>
          )}
        </Show>
        <span class="file-id">
          <span class="mono quiet small cut" title={props.file.id}>
            {props.file.id}
          </span>
          <CopyButton text={props.file.id} what={i18n.t('files.id')} />
        </span>
      </th>
      <td data-label={column('content')}>{i18n.t(`files.contents.${contentOf(props.file)}`)}</td>
      <td class="number" data-label={column('size')}>
        {size() === null ? i18n.t('common.unknown') : i18n.format().bytes(size() ?? 0)}
      </td>
      <td
        class={`number${props.file.request_count === null ? ' file-nothing' : ''}`}
        data-label={column('requests')}
      >
        {props.file.request_count === null
          ? i18n.t('common.none')
          : i18n.format().number(props.file.request_count)}
      </td>
      <td class="file-time" data-label={column('created')}>
        <Time at={props.file.created_at} />
      </td>
      <td class="file-time" data-label={column('expires')}>
        <FileExpiry file={props.file} />
      </td>
      <td data-label={column('where')}>
        <span class="file-where">
          <span>{where()}</span>
          <Show when={props.file.needed_by}>
            {(need) => <span class="quiet small">{i18n.t(`files.hindrances.${need()}`)}</span>}
          </Show>
        </span>
      </td>
      <td data-label={column('usedBy')}>
        <FileUses file={props.file} />
      </td>
      <td class="file-actions">
        <Show when={props.file.at_provider || props.file.here !== null}>
          <FileMenu file={props.file} onDelete={props.onDelete} />
        </Show>
      </td>
    </tr>
  );
}
