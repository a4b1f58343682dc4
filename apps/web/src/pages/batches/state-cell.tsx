import type { Job } from '@batchdesk/shared';
import { Show } from 'solid-js';
import { StatusLabel } from '../../components/status-label.tsx';
import { countFailed } from '../../format/progress.ts';
import { useI18n } from '../../i18n/i18n.tsx';
import { useApp } from '../../state/app-state.tsx';

/** Seconds before a batch expires from which on that is said. */
const SOON = 2 * 3_600;

/** How a job is doing, and what holds it up. */
export function StateCell(props: { job: Job }) {
  const i18n = useI18n();
  const app = useApp();
  const reason = () => {
    const { stuck, waiting, state } = props.job;
    if (stuck) return i18n.t(`batches.stuck.${stuck}`);
    return waiting && state === 'waiting' ? i18n.t(`batches.waitReasons.${waiting.reason}`) : undefined;
  };
  const expiresIn = () => {
    const { expires_at } = props.job;
    if (expires_at === null) return undefined;
    const rest = expires_at - app.now();
    return rest > 0 && rest < SOON ? rest : undefined;
  };
  return (
    <div>
      <StatusLabel state={props.job.state} failed={countFailed(props.job.counts)} />
      <Show when={reason()}>
        {(text) => <p class={`small ${props.job.stuck ? 'problem' : 'quiet'}`}>{text()}</p>}
      </Show>
      <Show when={expiresIn()}>
        {(rest) => <p class="small problem">{i18n.t('batches.expiresIn', i18n.format().duration(rest()))}</p>}
      </Show>
    </div>
  );
}
