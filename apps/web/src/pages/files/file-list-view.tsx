import { A } from '@solidjs/router';
import { Match, Show, Switch } from 'solid-js';
import { toFailure } from '../../api/failure.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { paths } from '../../routes.ts';
import type { FileList } from './create-file-list.ts';
import { FileTable } from './file-table.tsx';

/** The files that are there so far, or why there are none. */
export function FileListView(props: { list: FileList; isFiltered: boolean }) {
  const i18n = useI18n();
  const query = () => props.list.query;
  return (
    <Switch
      fallback={
        <EmptyState title={i18n.t('files.none')} hint={i18n.t('files.noneHint')}>
          <A class="button primary" href={paths.create()}>
            {i18n.t('shell.newBatch')}
          </A>
        </EmptyState>
      }
    >
      <Match when={props.list.files().length > 0}>
        <FileTable files={props.list.files()} />
        <Show when={query().isFetchNextPageError}>
          <FailureNotice failure={toFailure(query().error)} onRetry={() => void query().fetchNextPage()} />
        </Show>
        <div class="row">
          <span class="quiet small">{i18n.t('files.shown', props.list.files().length)}</span>
          <Show when={query().hasNextPage && !query().isFetchNextPageError}>
            <button
              type="button"
              aria-disabled={query().isFetchingNextPage}
              onClick={() => !query().isFetchingNextPage && void query().fetchNextPage()}
            >
              {query().isFetchingNextPage ? i18n.t('common.loading') : i18n.t('common.showMore')}
            </button>
          </Show>
        </div>
      </Match>
      <Match when={props.isFiltered}>
        <EmptyState title={i18n.t('files.noMatch')} hint={i18n.t('files.noMatchHint')}>
          <A class="button" href={paths.files()}>
            {i18n.t('files.showAll')}
          </A>
        </EmptyState>
      </Match>
    </Switch>
  );
}
