import { Show } from 'solid-js';
import { useI18n } from '../../../i18n/i18n.tsx';
import { LongText } from './long-text.tsx';
import type { AnswerError } from './read/body-view.ts';

/** Why a request has no answer, in the provider's words. */
export function AnswerFailure(props: { error: AnswerError }) {
  const i18n = useI18n();
  return (
    <div class="answer-failure">
      <p class="problem">
        <Show when={props.error.status}>{(status) => <b>{status()} </b>}</Show>
        <b class="mono">{props.error.code}</b>
      </p>
      <LongText text={props.error.message} />
      <Show when={props.error.param}>
        {(param) => (
          <p class="quiet">
            {i18n.t('requests.param')} <code>{param()}</code>
          </p>
        )}
      </Show>
    </div>
  );
}
