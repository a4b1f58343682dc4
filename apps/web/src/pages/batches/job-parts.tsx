import type { SubmissionView } from '@batchdesk/shared';
import { For, Show } from 'solid-js';
import { useQuery } from '../../api/use-query.ts';
import { Loaded } from '../../components/loaded.tsx';
import { StatusLabel } from '../../components/status-label.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { useApp } from '../../state/app-state.tsx';

/** Parts shown in the list; the page of the batch has all of them. */
const SHOWN = 50;

/** The batches of a job, and what is still to become one. */
export function JobParts(props: { jobId: string; name: string; isOver: boolean }) {
  const i18n = useI18n();
  const app = useApp();
  const query = useQuery(() => ({
    ...app.queries.job(props.jobId),
    ...(props.isOver ? { refetchInterval: false as const } : {}),
  }));
  return (
    <Loaded query={query} lines={3}>
      {(data) => (
        <>
          <ul class="parts" aria-label={i18n.t('batches.partsOf', props.name)}>
            <For each={data().submissions.slice(0, SHOWN)}>{(part) => <Part part={part} />}</For>
          </ul>
          <Show when={data().submissions.length > SHOWN}>
            <p class="quiet small">{i18n.t('batches.moreParts', data().submissions.length - SHOWN)}</p>
          </Show>
        </>
      )}
    </Loaded>
  );
}

function Part(props: { part: SubmissionView }) {
  const i18n = useI18n();
  return (
    <li class="part">
      <span class="mono cut">{props.part.batch_id ?? i18n.t('batches.notSent')}</span>
      <Show when={props.part.batch_status} fallback={i18n.t(`batches.partStatuses.${props.part.status}`)}>
        {(status) => <StatusLabel state={status()} />}
      </Show>
      <span class="quiet cut">{props.part.model}</span>
      <span class="number">
        <Show when={props.part.request_count}>{(count) => i18n.t('common.requestCount', count())}</Show>
      </span>
      <Show when={why()}>{(text) => <span class="quiet small part-why">{text()}</span>}</Show>
    </li>
  );

  function why(): string | undefined {
    const { error, waiting } = props.part;
    if (error) return error.message;
    if (!waiting) return undefined;
    return [
      i18n.t(`batches.waitReasons.${waiting.reason}`),
      ...(waiting.position === null ? [] : [i18n.t('batches.goesNext', waiting.position)]),
      ...(waiting.until === null ? [] : [i18n.t('batches.notBefore', i18n.format().time(waiting.until))]),
    ].join(', ');
  }
}
