import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { useI18n } from '../../../i18n/i18n.tsx';
import { usageOf } from '../job-facts.ts';
import type { StageSources } from '../timeline/stages-of.ts';
import { CostFigure } from './cost-figure.tsx';
import { Details } from './details.tsx';
import { Figure } from './figure.tsx';
import './figures.css';

/** How much of what a batch is: requests, tokens, dollars; then what it was told. */
export function Figures(props: { sources: StageSources }) {
  const i18n = useI18n();
  const job = () => props.sources.job;
  const number = (value: number) => i18n.format().number(value);
  const tokens = (count: 'input_tokens' | 'output_tokens'): JSX.Element => {
    const usage = usageOf(job());
    return usage ? number(usage[count]) : i18n.t('common.none');
  };
  const aside = (count: 'cached_tokens' | 'reasoning_tokens') => {
    const usage = usageOf(job());
    if (!usage) return i18n.t('batch.afterwards');
    if (usage[count] === 0) return undefined;
    return count === 'cached_tokens'
      ? i18n.t('batch.cachedTokens', number(usage[count]))
      : i18n.t('batch.reasoningTokens', number(usage[count]));
  };
  return (
    <section class="batch-figures-place" aria-label={i18n.t('batch.figures')}>
      <dl class="batch-figures">
        <Figure label={i18n.t('batch.requests')}>
          <Show when={job().counts.total > 0} fallback={i18n.t('common.none')}>
            {number(job().counts.total)}
          </Show>
        </Figure>
        <Figure label={i18n.t('batch.inputTokens')} aside={aside('cached_tokens')}>
          {tokens('input_tokens')}
        </Figure>
        <Figure label={i18n.t('batch.outputTokens')} aside={aside('reasoning_tokens')}>
          {tokens('output_tokens')}
        </Figure>
        <CostFigure sources={props.sources} />
      </dl>
      <Details job={job()} />
    </section>
  );
}
