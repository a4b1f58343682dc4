import type { ModelEstimate } from '@batchdesk/shared';
import { For, Show } from 'solid-js';
import { useI18n } from '../../i18n/i18n.tsx';

/** Models that are listed; a job may have a thousand. */
const SHOWN = 20;

/** What each of several models would come to, and whether there is room for it. */
export function EstimateByModel(props: { models: readonly ModelEstimate[]; hasVerdicts: boolean }) {
  const i18n = useI18n();
  return (
    <div class="stack">
      <h3>{i18n.t('create.byModel')}</h3>
      <dl class="facts">
        <For each={props.models.slice(0, SHOWN)}>
          {({ model, request_count, batch, capacity }) => (
            <div>
              <dt class="mono">{model}</dt>
              <dd>
                {i18n.t('create.requestsOf', request_count)}
                <Show when={(batch.likely ?? batch.low) !== null}>
                  {' · '}
                  {batch.likely === null
                    ? i18n.t('costs.atLeast', i18n.format().estimatedMoney(batch.low ?? 0))
                    : i18n.format().estimatedMoney(batch.likely)}
                </Show>
                <Show when={props.hasVerdicts}>
                  <span class="quiet fact-line small">{i18n.t(`costs.verdicts.${capacity.verdict}`)}</span>
                </Show>
              </dd>
            </div>
          )}
        </For>
      </dl>
      <Show when={props.models.length > SHOWN}>
        <p class="quiet">{i18n.t('create.moreModels', props.models.length - SHOWN)}</p>
      </Show>
    </div>
  );
}
