import { isTerminalState } from '@batchdesk/shared';
import { Show } from 'solid-js';
import { CopyButton } from '../../../components/copy-button.tsx';
import { PageHead } from '../../../components/page-head.tsx';
import { StatusLabel } from '../../../components/status-label.tsx';
import { jobIdOf, jobName } from '../../../format/job-name.ts';
import { countFailed } from '../../../format/progress.ts';
import { useI18n } from '../../../i18n/i18n.tsx';
import { useApp } from '../../../state/app-state.tsx';
import { isPressing } from '../job-facts.ts';
import { elapsedSeconds } from '../timeline/stages-of.ts';
import type { StageSources } from '../timeline/stages-of.ts';
import { BatchActions } from './batch-actions.tsx';
import { BatchReason } from './batch-reason.tsx';
import './batch-head.css';

/** What a batch is called, how it is doing, for how long, how much time it has, and what can be done. */
export function BatchHead(props: { sources: StageSources }) {
  const i18n = useI18n();
  const app = useApp();
  const job = () => props.sources.job;
  const id = () => jobIdOf(job());
  const elapsed = () => {
    const time = i18n.format().duration(elapsedSeconds(props.sources, app.now()));
    if (job().finished_at !== null) return i18n.t('batch.took', time);
    return job().state === 'waiting' ? i18n.t('batch.waitingFor', time) : i18n.t('batch.runningFor', time);
  };
  return (
    <div class="batch-head">
      <PageHead title={jobName(job())}>
        <BatchActions job={job()} />
      </PageHead>
      <div class="batch-facts">
        <StatusLabel state={job().state} failed={countFailed(job().counts)} />
        <span>{elapsed()}</span>
        <Show when={isTerminalState(job().state) ? null : job().expires_at}>
          {(expiresAt) => <Countdown expiresAt={expiresAt()} />}
        </Show>
        <span class="batch-id">
          <Show when={jobName(job()) !== id()}>
            <span class="mono quiet">{id()}</span>
          </Show>
          <CopyButton text={id()} what={i18n.t('batch.id')} />
        </span>
      </div>
      <BatchReason job={job()} />
    </div>
  );
}

function Countdown(props: { expiresAt: number }) {
  const i18n = useI18n();
  const app = useApp();
  const left = () => props.expiresAt - app.now();
  return (
    <span
      class={isPressing(props.expiresAt, app.now()) ? 'batch-pressing' : 'quiet'}
      title={i18n.format().exactDate(props.expiresAt)}
    >
      {left() < 0
        ? i18n.t('batch.pastExpiry', i18n.format().duration(-left()))
        : i18n.t('batch.expiresIn', i18n.format().duration(left()))}
    </span>
  );
}
