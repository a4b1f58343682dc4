import type { Health } from '@batchdesk/shared';
import { Match, Switch } from 'solid-js';
import { useI18n } from '../i18n/i18n.tsx';
import type { Dashboard } from '../state/create-dashboard.ts';
import { PauseNotice } from './pause-notice.tsx';
import { WithCode } from './with-code.tsx';

/** Says who runs the batches, and what to do when nobody can. */
export function ProviderBanner(props: { provider: Health['provider']; dashboard: Dashboard }) {
  const i18n = useI18n();
  return (
    <section aria-label={i18n.t().provider}>
      <Switch>
        <Match when={!props.provider.ready}>
          <p class="banner banner-failure">
            <strong>{i18n.t().noKey}</strong> <WithCode text={i18n.t().noKeyHint} />
          </p>
        </Match>
        <Match when={props.provider.paused}>
          {(pause) => <PauseNotice pause={pause()} dashboard={props.dashboard} />}
        </Match>
        <Match when={props.provider.name === 'local'}>
          <p class="banner">
            <strong>{i18n.t().localProvider}</strong> <WithCode text={i18n.t().localProviderHint} />
          </p>
        </Match>
        <Match when={props.provider.name === 'openai'}>
          <p class="quiet">
            <WithCode text={i18n.t().openaiAt(props.provider.base_url)} />
          </p>
        </Match>
      </Switch>
    </section>
  );
}
