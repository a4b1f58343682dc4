import type { Job, JobEvent } from '@batchdesk/shared';
import { For, Index, Show } from 'solid-js';
import { useInfiniteQuery } from '../../../api/use-query.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Loaded } from '../../../components/loaded.tsx';
import { ShowMore } from '../../../components/show-more.tsx';
import { WithCode } from '../../../components/with-code.tsx';
import { useI18n } from '../../../i18n/i18n.tsx';
import { useApp } from '../../../state/app-state.tsx';
import { hasEnded } from '../job-facts.ts';
import { describeEvent } from './describe-event.ts';
import { groupByDay } from './group-by-day.ts';
import './activity.css';

/** What happened to a batch, newest first, by day. */
export function ActivityTab(props: { job: Job }) {
  const i18n = useI18n();
  const app = useApp();
  const query = useInfiniteQuery(() => ({
    ...app.queries.events(props.job.id),
    reconcile: 'id',
    refetchInterval: () => (hasEnded(props.job) ? false : app.live.intervalMs()),
  }));
  return (
    <Loaded query={query} lines={6}>
      {(pages) => {
        const days = () =>
          groupByDay(
            pages().pages.flatMap(({ data }) => data),
            i18n.format().longDay,
          );
        return (
          <Show when={days().length > 0} fallback={<EmptyState title={i18n.t('batch.noActivity')} />}>
            <div class="batch-activity">
              <Index each={days()}>
                {(day) => (
                  <section>
                    <h3>{day().day}</h3>
                    <ol>
                      <For each={day().events}>
                        {(event) => <ActivityLine event={event} isOfMany={props.job.batch_count > 1} />}
                      </For>
                    </ol>
                  </section>
                )}
              </Index>
            </div>
            <ShowMore query={query} />
          </Show>
        );
      }}
    </Loaded>
  );
}

/** The batch is named where there are several. */
function ActivityLine(props: { event: JobEvent; isOfMany: boolean }) {
  const i18n = useI18n();
  const at = () => props.event.created_at;
  return (
    <li>
      <time
        dateTime={new Date(at() * 1_000).toISOString()}
        title={i18n.format().exactDate(at())}
        class="quiet"
      >
        {i18n.format().time(at())}
      </time>
      <span>
        <WithCode text={describeEvent(props.event, i18n)} />
      </span>
      <Show when={props.isOfMany && props.event.batch_id}>
        {(id) => <span class="mono quiet batch-activity-batch">{id()}</span>}
      </Show>
    </li>
  );
}
