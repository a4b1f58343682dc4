import type { RequestView } from '@batchdesk/shared';
import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { OutcomeLabel } from '../../../components/outcome-label.tsx';
import { useI18n } from '../../../i18n/i18n.tsx';

/** What is known of a request beside its bodies. */
export function RequestFacts(props: { request: RequestView }) {
  const i18n = useI18n();
  const number = (value: number) => i18n.format().number(value);
  const facts = (): [name: string, value: string][] => {
    const { line, attempt, status_code, error_code, cost, ...tokens } = props.request;
    const { input_tokens, output_tokens, cached_tokens, reasoning_tokens } = tokens;
    return [
      [i18n.t('requests.columns.line'), number(line)],
      [i18n.t('requests.attempt'), number(attempt)],
      [i18n.t('requests.status'), status_code === null ? '' : String(status_code)],
      [i18n.t('requests.columns.code'), error_code ?? ''],
      [i18n.t('requests.inputTokens'), input_tokens === null ? '' : number(input_tokens)],
      [i18n.t('requests.cachedTokens'), cached_tokens ? number(cached_tokens) : ''],
      [i18n.t('requests.outputTokens'), output_tokens === null ? '' : number(output_tokens)],
      [i18n.t('requests.reasoningTokens'), reasoning_tokens ? number(reasoning_tokens) : ''],
      [i18n.t('requests.columns.cost'), cost === null ? '' : i18n.format().money(cost)],
    ];
  };
  return (
    <dl class="request-facts">
      <Fact name={i18n.t('requests.columns.outcome')}>
        <OutcomeLabel outcome={props.request.outcome} />
      </Fact>
      <For each={facts()}>
        {([name, value]) => (
          <Show when={value !== ''}>
            <Fact name={name}>{value}</Fact>
          </Show>
        )}
      </For>
    </dl>
  );
}

function Fact(props: { name: string; children: JSX.Element }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}
