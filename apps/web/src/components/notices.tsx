import { Match, Show, Switch } from 'solid-js';
import { useQuery } from '../api/use-query.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { useApp } from '../state/app-state.tsx';
import { BudgetNotice } from './budget-notice.tsx';
import { PauseNotice } from './pause-notice.tsx';
import { WithCode } from './with-code.tsx';

/** What holds everything up; nothing while all is well. */
export function Notices() {
  const i18n = useI18n();
  const app = useApp();
  const health = useQuery(() => app.queries.health());
  const budget = useQuery(() => app.queries.budget());
  const provider = () => (health.isSuccess ? health.data.provider : undefined);
  const reached = () => {
    const known = budget.isSuccess ? budget.data.budget : null;
    return known?.state === 'reached' && known.at_limit === 'hold' ? known : null;
  };
  return (
    <div class="notices">
      <Show when={app.unreachableSince()}>
        {(since) => (
          <section class="notice notice-failure" role="status">
            <p>
              <strong>{i18n.t('shell.unreachable', i18n.format().time(since()))}</strong>{' '}
              {i18n.t('shell.unreachableHint')}
            </p>
          </section>
        )}
      </Show>
      <Show when={app.isOutdated()}>
        <section class="notice notice-waiting" role="status">
          <p>{i18n.t('shell.outdated')}</p>
          <button type="button" onClick={() => location.reload()}>
            {i18n.t('shell.reload')}
          </button>
        </section>
      </Show>
      <Switch>
        <Match when={provider()?.ready === false}>
          <section class="notice notice-failure" aria-label={i18n.t('shell.provider')}>
            <p>
              <strong>{i18n.t('shell.noKey')}</strong> <WithCode text={i18n.t('shell.noKeyHint')} />
            </p>
          </section>
        </Match>
        <Match when={provider()?.paused}>{(pause) => <PauseNotice pause={pause()} />}</Match>
        <Match when={provider()?.trouble}>
          {(trouble) => (
            <section class="notice notice-waiting" aria-label={i18n.t('shell.provider')}>
              <p>
                <strong>{i18n.t('shell.trouble', i18n.format().time(trouble().since))}</strong>{' '}
                {i18n.t('shell.troubleHint')}
              </p>
            </section>
          )}
        </Match>
      </Switch>
      <Show when={reached()}>{(known) => <BudgetNotice budget={known()} />}</Show>
    </div>
  );
}
