import { For, createEffect } from 'solid-js';
import { useI18n } from '../../i18n/i18n.tsx';
import type { Bulk } from './create-bulk.ts';
import type { JobList } from './create-job-list.ts';
import type { Selection } from './create-selection.ts';
import { JobRow } from './job-row.tsx';

const COLUMNS = ['name', 'state', 'progress', 'model', 'cost', 'created', 'took'] as const;
const NUMBERS = new Set<string>(['cost', 'took']);

/** The rows of the list. */
export function JobsTable(props: { list: JobList; selection: Selection; bulk: Bulk }) {
  const i18n = useI18n();
  const isSome = () => props.selection.ids().length > 0;
  const isAll = () => isSome() && props.selection.ids().length === props.list.ids().length;
  return (
    <div class="table-place">
      <table
        role="table"
        class={`table table-cards table-rows-link jobs${props.list.isSlow() ? ' is-slow' : ''}`}
        aria-busy={props.list.isOutdated()}
      >
        <caption class="visually-hidden">{i18n.t('batches.tableCaption')}</caption>
        <thead role="rowgroup">
          <tr role="row">
            <td role="cell" class="cell-select">
              <SelectAll />
            </td>
            <For each={COLUMNS}>
              {(column) => (
                <th
                  role="columnheader"
                  scope="col"
                  class={`col-${column}${NUMBERS.has(column) ? ' number' : ''}`}
                >
                  {i18n.t(`batches.columns.${column}`)}
                </th>
              )}
            </For>
            <td role="cell" class="cell-menu" />
          </tr>
        </thead>
        <tbody role="rowgroup">
          <For each={props.list.ids()}>
            {(id) => <JobRow id={id} list={props.list} selection={props.selection} bulk={props.bulk} />}
          </For>
        </tbody>
      </table>
    </div>
  );

  function SelectAll() {
    let box: HTMLInputElement | undefined;
    createEffect(() => {
      if (box) box.indeterminate = isSome() && !isAll();
    });
    return (
      <label class="select-box">
        <input
          ref={(element) => (box = element)}
          type="checkbox"
          aria-label={i18n.t('batches.selectAll')}
          checked={isAll()}
          onClick={() => (isAll() ? props.selection.clear() : props.selection.all())}
        />
      </label>
    );
  }
}
