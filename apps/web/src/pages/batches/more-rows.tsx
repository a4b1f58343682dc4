import { Show } from 'solid-js';
import { toFailure } from '../../api/failure.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import type { JobList } from './create-job-list.ts';

/** How many rows are shown, and the button that appends the next ones. */
export function MoreRows(props: { list: JobList }) {
  const i18n = useI18n();
  const pages = () => props.list.pages;
  return (
    <>
      <Show when={pages().isFetchNextPageError}>
        <FailureNotice failure={toFailure(pages().error)} onRetry={() => void pages().fetchNextPage()} />
      </Show>
      <div class="row more-rows">
        <span class="quiet small">{i18n.t('batches.shown', props.list.ids().length)}</span>
        <Show when={pages().hasNextPage && !pages().isFetchNextPageError}>
          <button
            type="button"
            aria-disabled={pages().isFetchingNextPage}
            onClick={() => !pages().isFetchingNextPage && void pages().fetchNextPage()}
          >
            {pages().isFetchingNextPage ? i18n.t('common.loading') : i18n.t('common.showMore')}
          </button>
        </Show>
      </div>
    </>
  );
}
