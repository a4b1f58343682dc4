import { useLocation, useNavigate } from '@solidjs/router';
import Trash from 'lucide-solid/icons/trash';
import { createMemo, createSignal } from 'solid-js';
import { Loaded } from '../../components/loaded.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { paths } from '../../routes.ts';
import { CleanUpDialog } from './clean-up-dialog.tsx';
import { createFileList } from './create-file-list.ts';
import { readFileFilters } from './file-filters.ts';
import type { FileFilters } from './file-filters.ts';
import { FileListView } from './file-list-view.tsx';
import { FileToolbar } from './file-toolbar.tsx';
import { FileTotals } from './file-totals.tsx';
import './files.css';

/** The files at the provider and here. */
export function Files() {
  const i18n = useI18n();
  const location = useLocation();
  const navigate = useNavigate();
  const [isCleaning, setIsCleaning] = createSignal(false);
  const filters = createMemo(() => readFileFilters(new URLSearchParams(location.search)), undefined, {
    equals: (before, now) => before.q === now.q && before.purpose === now.purpose,
  });
  const list = createFileList(filters);
  const choose = (next: FileFilters, options: { replace: boolean } = { replace: false }) =>
    navigate(paths.files(next), { ...options, scroll: false });
  return (
    <div class="page">
      <PageHead title={i18n.t('files.title')}>
        <button type="button" onClick={() => setIsCleaning(true)}>
          <Trash aria-hidden="true" />
          {i18n.t('files.cleanUp')}
        </button>
      </PageHead>
      <FileTotals />
      <FileToolbar filters={filters()} list={list} onChoose={choose} />
      <Loaded query={list.query} lines={8}>
        {() => <FileListView list={list} isFiltered={Object.keys(filters()).length > 0} />}
      </Loaded>
      <CleanUpDialog isOpen={isCleaning()} onClose={() => setIsCleaning(false)} />
    </div>
  );
}
