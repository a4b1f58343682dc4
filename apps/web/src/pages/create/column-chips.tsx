import { For } from 'solid-js';
import { useI18n } from '../../i18n/i18n.tsx';

interface ColumnChipsProps {
  columns: readonly string[];
  onInsert: (column: string) => void;
}

/** The columns of a table; each puts itself into the template. */
export function ColumnChips(props: ColumnChipsProps) {
  const i18n = useI18n();
  const names = () => [...new Set(props.columns.filter((column) => column !== '')), 'row'];
  return (
    <div class="row" role="group" aria-label={i18n.t('create.insertColumn')}>
      <For each={names()}>
        {(column) => (
          <button
            type="button"
            class="column-chip mono"
            title={i18n.t('create.insertNamed', `{{${column}}}`)}
            onClick={() => props.onInsert(column)}
          >
            {column}
          </button>
        )}
      </For>
    </div>
  );
}
