import { For, Show, createMemo } from 'solid-js';
import { outcomeTone } from '../../../components/outcome-label.tsx';
import { useI18n } from '../../../i18n/i18n.tsx';
import { countAnswered } from '../../../format/progress.ts';
import type { StageSources } from '../timeline/stages-of.ts';
import { outcomesOf } from './outcomes-of.ts';
import type { ShownOutcome } from './outcomes-of.ts';
import './batch-progress.css';

/** What has become of all requests: a bar, and the numbers that say the same. */
export function BatchProgress(props: { sources: StageSources }) {
  const i18n = useI18n();
  const counts = () => props.sources.job.counts;
  const outcomes = createMemo(() => outcomesOf(counts(), countAnswered(props.sources.job)));
  const ended = () => outcomes().reduce((sum, { outcome, count }) => sum + (isOpen(outcome) ? 0 : count), 0);
  return (
    <section class="batch-progress" aria-labelledby="batch-progress-title">
      <div class="batch-progress-head">
        <h2 id="batch-progress-title">{i18n.t('batch.progress')}</h2>
        <Show when={counts().total > 0}>
          <p>{i18n.t('batch.share', i18n.format().share(ended() / counts().total))}</p>
        </Show>
      </div>
      <svg class="bar batch-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect class="bar-rest" width="100" height="8" />
        <For each={outcomes()}>
          {({ outcome, start, width }) => (
            <rect class={`batch-outcome batch-outcome-${outcome}`} x={start} width={width} height="8" />
          )}
        </For>
      </svg>
      <Show when={counts().total > 0} fallback={<p class="quiet">{i18n.t('batch.inputUnknown')}</p>}>
        <ul class="batch-legend">
          <For each={outcomes().filter(({ outcome, count }) => count > 0 || outcome === 'succeeded')}>
            {({ outcome, count }) => (
              <li>
                <span class={`batch-legend-mark batch-legend-${outcome}`} aria-hidden="true" />
                <span
                  class={outcome !== 'answered' && outcomeTone(outcome) === 'failure' ? 'problem' : 'quiet'}
                >
                  {outcome === 'answered' ? i18n.t('batch.answered') : i18n.t(`common.outcomes.${outcome}`)}
                </span>
                <b>{i18n.format().number(count)}</b>
                <Show when={outcome === 'answered'}>
                  <span class="quiet">{i18n.t('batch.answeredHint')}</span>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  );
}

function isOpen(outcome: ShownOutcome): boolean {
  return outcome === 'submitted' || outcome === 'pending';
}
