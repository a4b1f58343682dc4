import type { Health } from '@batchdesk/shared';
import { Show } from 'solid-js';
import { useQuery } from '../../api/use-query.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { WithCode } from '../../components/with-code.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { useApp } from '../../state/app-state.tsx';
import { Fact } from './fact.tsx';
import { ProviderStateLabel } from './provider-state-label.tsx';
import { keyState, providerKind } from './provider-state.ts';

/** What is written into `.env`; its values are to be replaced. */
const ENV = 'OPENAI_API_KEY=sk-…';

/** Who runs batches, and how to have them run at OpenAI. */
export function ProviderPanel() {
  const app = useApp();
  const health = useQuery(() => app.queries.health());
  return (
    <Loaded query={health} lines={6}>
      {(known) => (
        <>
          <ProviderFacts health={known()} />
          <Guidance provider={known().provider} />
        </>
      )}
    </Loaded>
  );
}

function ProviderFacts(props: { health: Health }) {
  const i18n = useI18n();
  const provider = () => props.health.provider;
  return (
    <dl class="facts">
      <Fact label={i18n.t('settings.runs')} hint={i18n.t(`settings.providerHints.${provider().name}`)}>
        {i18n.t(`settings.providers.${providerKind(provider())}`)}
      </Fact>
      <Fact label={i18n.t('settings.state')}>
        <ProviderStateLabel provider={provider()} />
      </Fact>
      <Fact label={i18n.t('settings.address')}>
        <span class="mono">{provider().base_url}</span>
        <CopyButton text={provider().base_url} what={i18n.t('settings.address')} />
      </Fact>
      <Fact label={i18n.t('settings.key')} hint={i18n.t('settings.keyHint')}>
        {i18n.t(`settings.keys.${keyState(provider())}`)}
      </Fact>
      <Fact label={i18n.t('settings.version')}>
        Batchdesk {props.health.version}
        <a href="/docs">{i18n.t('shell.apiDocs')}</a>
      </Fact>
    </dl>
  );
}

function Guidance(props: { provider: Health['provider'] }) {
  const i18n = useI18n();
  const isLocal = () => props.provider.name === 'local';
  return (
    <div class="guidance">
      <h3>{i18n.t(isLocal() ? 'settings.useOpenai' : 'settings.changeKey')}</h3>
      <ol>
        <li>
          <WithCode text={i18n.t('settings.writeKey')} />
          <pre class="env">
            {ENV}
            <CopyButton text={ENV} what={ENV} />
          </pre>
        </li>
        <li>{i18n.t('settings.restart')}</li>
      </ol>
      <p class="quiet">
        <Show when={isLocal()} fallback={<WithCode text={i18n.t('settings.toLocal')} />}>
          {i18n.t('settings.untilThen')}
        </Show>
      </p>
    </div>
  );
}
