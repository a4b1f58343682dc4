import { For, Show } from 'solid-js';
import type { Failure } from '../api/failure.ts';
import { useI18n } from '../i18n/i18n.tsx';

/** Issues shown; an input can have a thousand. */
const SHOWN = 10;

/** What went wrong and what to do, with everything that is wrong with an input. */
export function FailureNotice(props: { failure: Failure; onRetry?: (() => void) | undefined }) {
  const i18n = useI18n();
  const error = () => (props.failure.kind === 'refused' ? props.failure.error : null);
  const issues = () => error()?.issues ?? [];
  const issueCount = () => Math.max(Number(error()?.details?.['count'] ?? 0), issues().length);
  return (
    <div class="notice notice-failure" role="alert">
      <p>{i18n.failure(props.failure)}</p>
      <Show when={error()?.code === 'internal_error'}>
        <p class="mono">{i18n.t('common.requestId', error()?.request_id ?? '')}</p>
      </Show>
      <Show when={issues().length > 0}>
        <ul>
          <For each={issues().slice(0, SHOWN)}>
            {(issue) => (
              <li>
                <Show when={issue.line}>{(line) => <b>{i18n.t('common.lineAt', line())} </b>}</Show>
                {i18n.issue(issue)}
              </li>
            )}
          </For>
          <Show when={issueCount() > SHOWN}>
            <li>{i18n.t('common.moreIssues', issueCount() - SHOWN)}</li>
          </Show>
        </ul>
      </Show>
      <Show when={props.onRetry}>
        {(onRetry) => (
          <button type="button" onClick={() => onRetry()()}>
            {i18n.t('common.retry')}
          </button>
        )}
      </Show>
    </div>
  );
}
