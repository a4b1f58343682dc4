import type { BatchFailure } from '@batchdesk/shared';
import { For, Show } from 'solid-js';
import { useI18n } from '../../../i18n/i18n.tsx';

/** Why batches failed as a whole, or were not created: the provider's words. */
export function BatchFailures(props: { failures: readonly BatchFailure[] }) {
  const i18n = useI18n();
  return (
    <section class="stack" aria-labelledby="batch-failures">
      <h2 id="batch-failures">{i18n.t('requests.errors.batches')}</h2>
      <ul class="batch-failures">
        <For each={props.failures}>
          {(failure) => (
            <li>
              <p>
                <b class="mono problem">{failure.code ?? i18n.t('requests.errors.noCode')}</b>{' '}
                <span class="mono quiet">{failure.batch_id ?? i18n.t('requests.errors.notCreated')}</span>
              </p>
              <p class="provider-text" dir="auto">
                {failure.message}
              </p>
              <Show when={failure.line !== null || failure.param !== null}>
                <p class="quiet small">
                  <Show when={failure.line}>{(line) => <>{i18n.t('common.lineAt', line())} </>}</Show>
                  <Show when={failure.param}>
                    {(param) => (
                      <>
                        {i18n.t('requests.param')} <code>{param()}</code>
                      </>
                    )}
                  </Show>
                </p>
              </Show>
            </li>
          )}
        </For>
      </ul>
    </section>
  );
}
