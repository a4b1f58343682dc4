import { Show } from 'solid-js';
import { useQuery } from '../../api/use-query.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { useApp } from '../../state/app-state.tsx';
import { FirstVisit } from '../overview/first-visit.tsx';
import type { Filters } from './create-filters.ts';
import { withoutChips } from './filter-chips.ts';
import type { Chip } from './filter-chips.ts';

/** Stands where the rows would be: there is nothing yet, or nothing matches. */
export function JobsEmpty(props: { filters: Filters; chips: readonly Chip[] }) {
  const i18n = useI18n();
  const app = useApp();
  const health = useQuery(() => app.queries.health());
  const labels = () => {
    const { state } = props.filters.filters();
    const tab = state ? [i18n.t(`common.statuses.${state}`)] : [];
    return [...tab, ...props.chips.map(({ label }) => label)];
  };
  return (
    <Show
      when={labels().length > 0}
      fallback={<FirstVisit provider={health.isSuccess ? health.data.provider.name : undefined} />}
    >
      <EmptyState
        title={i18n.t('batches.nothingMatches')}
        hint={i18n.t('batches.nothingMatchesHint', labels().join(', '))}
      >
        <button
          type="button"
          onClick={() => props.filters.change({ ...withoutChips(props.filters.filters()), state: undefined })}
        >
          {i18n.t('batches.clearFilters')}
        </button>
      </EmptyState>
    </Show>
  );
}
