import CircleAlert from 'lucide-solid/icons/circle-alert';
import CircleCheck from 'lucide-solid/icons/circle-check';
import { For, Show } from 'solid-js';
import type { CheckedInput } from '../../create/scan-input.ts';
import { useI18n } from '../../i18n/i18n.tsx';
import { measureInput } from './measure-input.ts';
import type { Measure } from './measure-input.ts';

/** Models that are listed; a job may have a thousand. */
const SHOWN_MODELS = 5;

/** What an input was found to be: how much of what, for which models, in how many parts. */
export function InputFacts(props: { checked: CheckedInput; rowProblems: number }) {
  const i18n = useI18n();
  const summary = () => props.checked.summary;
  const issueCount = () => summary().issue_count + props.rowProblems;
  const parts = () => props.checked.batches.length;
  return (
    <>
      <Show
        when={issueCount() > 0}
        fallback={
          <p class="status tone-success">
            <CircleCheck aria-hidden="true" />
            {i18n.t('create.noIssues')}
          </p>
        }
      >
        <p class="status tone-failure">
          <CircleAlert aria-hidden="true" />
          {i18n.t('create.issueCount', issueCount())}
        </p>
      </Show>
      <dl class="measures">
        <For each={measureInput(props.checked)}>{(measure) => <Meter measure={measure} />}</For>
      </dl>
      <Show when={parts() > 1}>
        <p>
          <b>{i18n.t('create.parts', parts())}</b> <span class="quiet">{i18n.t('create.partsHint')}</span>
        </p>
      </Show>
      <dl class="facts">
        <div>
          <dt>{i18n.t('create.endpoint')}</dt>
          <dd class="mono">{summary().endpoint ?? i18n.t('common.none')}</dd>
        </div>
        <div>
          <dt>{i18n.t(summary().models.length > 1 ? 'create.models' : 'create.model')}</dt>
          <dd>
            <For each={summary().models.slice(0, SHOWN_MODELS)} fallback={i18n.t('common.none')}>
              {({ model, request_count }) => (
                <span class="fact-line">
                  <span class="mono">{model}</span>
                  <Show when={summary().models.length > 1}>
                    <span class="quiet"> {i18n.t('create.requestsOf', request_count)}</span>
                  </Show>
                </span>
              )}
            </For>
            <Show when={summary().models.length > SHOWN_MODELS}>
              <span class="quiet">{i18n.t('create.moreModels', summary().models.length - SHOWN_MODELS)}</span>
            </Show>
          </dd>
        </div>
      </dl>
    </>
  );
}

/** How much of what one batch takes; more than that is cut into parts. */
function Meter(props: { measure: Measure }) {
  const i18n = useI18n();
  const write = (value: number) =>
    props.measure.what === 'bytes' ? i18n.format().bytes(value) : i18n.format().number(value);
  const share = () => props.measure.value / props.measure.limit;
  return (
    <div class="measure">
      <dt>{i18n.t(`create.measures.${props.measure.what}`)}</dt>
      <dd>
        {i18n.t(
          share() > 1 ? 'create.beyondBatch' : 'create.perBatch',
          write(props.measure.value),
          write(props.measure.limit),
        )}
      </dd>
      <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        <rect class="bar-rest" width="100" height="4" />
        <rect class="bar-measure" width={Math.min(100, 100 * share())} height="4" />
      </svg>
    </div>
  );
}
