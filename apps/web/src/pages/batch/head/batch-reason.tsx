import { isTerminalState } from '@batchdesk/shared';
import type { Job } from '@batchdesk/shared';
import { Match, Show, Switch } from 'solid-js';
import { useI18n } from '../../../i18n/i18n.tsx';
import { useApp } from '../../../state/app-state.tsx';

/** Why a batch does not go on, in a sentence; nothing where it does. */
export function BatchReason(props: { job: Job }) {
  const i18n = useI18n();
  const app = useApp();
  const until = (time: number | null) => (time !== null && time > app.now() ? time : null);
  return (
    <Switch>
      <Match when={isTerminalState(props.job.state) ? undefined : props.job.stuck}>
        {(stuck) => (
          <p class="notice notice-waiting">
            {i18n.t(`batch.stuck.${stuck()}`)} {i18n.t('batch.stuckHint')}
          </p>
        )}
      </Match>
      <Match when={props.job.state === 'waiting' ? props.job.waiting : null}>
        {(waiting) => (
          <p class="notice notice-waiting">
            {i18n.t(`batch.waits.${waiting().reason}`)}{' '}
            <Show when={until(waiting().until)}>
              {(time) => i18n.t('batch.waitsUntil', i18n.format().time(time()))}
            </Show>
          </p>
        )}
      </Match>
    </Switch>
  );
}
