import type { DeleteFileWhere, FileView } from '@batchdesk/shared';
import { For, createSignal } from 'solid-js';
import { useI18n } from '../../i18n/i18n.tsx';
import { DeleteFile } from './delete-file.tsx';
import { FileRow } from './file-row.tsx';

/** What is asked about before it is done. */
export interface Deletion {
  file: FileView;
  where: DeleteFileWhere;
}

const COLUMNS = ['file', 'content', 'size', 'requests', 'created', 'expires', 'where', 'usedBy'] as const;
const NUMBERS: readonly string[] = ['size', 'requests'];

/** Files, one a row. */
export function FileTable(props: { files: readonly FileView[] }) {
  const i18n = useI18n();
  const [asked, setAsked] = createSignal<Deletion | null>(null);
  return (
    <div class="table-place">
      <table class="table table-cards file-table">
        <caption class="visually-hidden">{i18n.t('files.title')}</caption>
        <thead>
          <tr>
            <For each={COLUMNS}>
              {(column) => (
                <th scope="col" class={NUMBERS.includes(column) ? 'number' : ''}>
                  {i18n.t(`files.columns.${column}`)}
                </th>
              )}
            </For>
            <th scope="col">
              <span class="visually-hidden">{i18n.t('files.columns.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          <For each={props.files}>
            {(file) => <FileRow file={file} onDelete={(where) => setAsked({ file, where })} />}
          </For>
        </tbody>
      </table>
      <DeleteFile deletion={asked()} onClose={() => setAsked(null)} />
    </div>
  );
}
