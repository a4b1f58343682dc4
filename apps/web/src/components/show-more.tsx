import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { toFailure } from '../api/failure.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { FailureNotice } from './failure-notice.tsx';
import './show-more.css';

interface ShowMoreProps {
  /** The pages of a list. */
  query: {
    error: unknown;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    isFetchNextPageError: boolean;
    fetchNextPage: () => unknown;
  };
  /** How many rows are shown. */
  children?: JSX.Element;
}

/** The foot of a list: the button that appends the next page, or why it did not come. */
export function ShowMore(props: ShowMoreProps) {
  const i18n = useI18n();
  const query = () => props.query;
  return (
    <>
      <Show when={query().isFetchNextPageError}>
        <FailureNotice failure={toFailure(query().error)} onRetry={() => void query().fetchNextPage()} />
      </Show>
      <div class="row show-more">
        {props.children}
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
    </>
  );
}
