import { jobsCsvUrl } from '@batchdesk/shared';
import ArrowDownWideNarrow from 'lucide-solid/icons/arrow-down-wide-narrow';
import ArrowUpNarrowWide from 'lucide-solid/icons/arrow-up-narrow-wide';
import Download from 'lucide-solid/icons/download';
import { For, Show } from 'solid-js';
import { IconButton } from '../../components/icon-button.tsx';
import { JOB_SORTS } from '../../api/job-filters.ts';
import { SearchInput } from '../../components/search-input.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import type { Filters } from './create-filters.ts';
import { FilterButton } from './filter-button.tsx';

/** Search, filters, order and export. */
export function Toolbar(props: { filters: Filters }) {
  const i18n = useI18n();
  const filters = () => props.filters.filters();
  const isAscending = () => filters().order === 'asc';
  const orderText = () => (isAscending() ? i18n.t('batches.ascending') : i18n.t('batches.descending'));

  function sortBy(value: string): void {
    const sort = JOB_SORTS.find((known) => known === value);
    props.filters.change({ ...filters(), sort: sort === 'created_at' ? undefined : sort });
  }

  return (
    <div class="toolbar">
      <SearchInput
        label={i18n.t('batches.searchLabel')}
        hint={i18n.t('batches.searchHint')}
        value={filters().q ?? ''}
        onSearch={(q, options) =>
          props.filters.change({ ...filters(), q: q === '' ? undefined : q }, options)
        }
      />
      <FilterButton filters={props.filters} />
      <div class="sort">
        <label for="sort-by">{i18n.t('batches.sortBy')}</label>
        <select
          id="sort-by"
          aria-label={i18n.t('batches.sortBy')}
          value={filters().sort ?? 'created_at'}
          onChange={(event) => sortBy(event.currentTarget.value)}
        >
          <For each={JOB_SORTS}>
            {(sort) => <option value={sort}>{i18n.t(`batches.sorts.${sort}`)}</option>}
          </For>
        </select>
        <IconButton
          label={orderText()}
          onClick={() => props.filters.change({ ...filters(), order: isAscending() ? undefined : 'asc' })}
        >
          <Show when={isAscending()} fallback={<ArrowDownWideNarrow aria-hidden="true" />}>
            <ArrowUpNarrowWide aria-hidden="true" />
          </Show>
        </IconButton>
      </div>
      <a
        class="button row-end export-all"
        href={jobsCsvUrl(filters())}
        download=""
        title={i18n.t('batches.exportHint')}
        aria-label={i18n.t('batches.exportCsv')}
      >
        <Download aria-hidden="true" />
        <span>{i18n.t('batches.exportCsv')}</span>
      </a>
    </div>
  );
}
