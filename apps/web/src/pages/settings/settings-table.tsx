import { For } from 'solid-js';
import type { JSX } from 'solid-js';
import { useI18n } from '../../i18n/i18n.tsx';

interface SettingsTableProps<T> {
  caption: string;
  columns: readonly { name: string; isNumber?: true }[];
  rows: readonly T[];
  /** A row: one cell for each column, and one for what can be done with it. */
  children: (row: T) => JSX.Element;
}

/** A table of what can be changed, row by row. */
export function SettingsTable<T>(props: SettingsTableProps<T>) {
  const i18n = useI18n();
  return (
    <div class="table-place">
      <table class="table table-cards">
        <caption class="visually-hidden">{props.caption}</caption>
        <thead>
          <tr>
            <For each={props.columns}>
              {({ name, isNumber }) => (
                <th scope="col" class={isNumber ? 'number' : ''}>
                  {name}
                </th>
              )}
            </For>
            <th scope="col">
              <span class="visually-hidden">{i18n.t('costs.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          <For each={props.rows}>{(row) => props.children(row)}</For>
        </tbody>
      </table>
    </div>
  );
}
