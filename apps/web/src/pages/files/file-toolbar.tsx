import ArrowUp from 'lucide-solid/icons/arrow-up';
import { For, Show } from 'solid-js';
import { SearchInput } from '../../components/search-input.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import type { FileList } from './create-file-list.ts';
import { FILE_PURPOSES } from './file-filters.ts';
import type { FileFilters } from './file-filters.ts';

interface FileToolbarProps {
  filters: FileFilters;
  list: FileList;
  onChoose: (filters: FileFilters, options?: { replace: boolean }) => void;
}

/** What the files are narrowed to, and the way to those that have come meanwhile. */
export function FileToolbar(props: FileToolbarProps) {
  const i18n = useI18n();
  return (
    <section class="row" aria-label={i18n.t('files.filters')}>
      <SearchInput
        label={i18n.t('files.search')}
        value={props.filters.q ?? ''}
        onSearch={(q, options) => props.onChoose({ ...props.filters, q }, options)}
      />
      <select
        class="file-purpose"
        aria-label={i18n.t('files.purpose')}
        onChange={({ currentTarget: { value } }) =>
          props.onChoose({ ...props.filters, purpose: FILE_PURPOSES.find((known) => known === value) })
        }
      >
        <option value="">{i18n.t('files.purposes.all')}</option>
        <For each={FILE_PURPOSES}>
          {(purpose) => (
            <option value={purpose} selected={props.filters.purpose === purpose}>
              {i18n.t(`files.purposes.${purpose}`)}
            </option>
          )}
        </For>
      </select>
      <div role="status">
        <Show when={props.list.newCount() > 0}>
          <button type="button" onClick={() => props.list.showNew()}>
            <ArrowUp aria-hidden="true" />
            {i18n.t('files.showNew', props.list.newCount())}
          </button>
        </Show>
      </div>
    </section>
  );
}
