import { A } from '@solidjs/router';
import type { CostRange, Estimate } from '@batchdesk/shared';
import { For, Show } from 'solid-js';
import { useQuery } from '../../api/use-query.ts';
import { useI18n } from '../../i18n/i18n.tsx';
import { paths } from '../../routes.ts';
import { useApp } from '../../state/app-state.tsx';
import { EstimateByModel } from './estimate-by-model.tsx';

const COLUMNS = ['low', 'likely', 'high'] as const;
const ROWS = ['batch', 'synchronous', 'savings'] as const;

/** An estimate in figures: costs, tokens, and whether there is room for it. */
export function EstimateFigures(props: { estimate: Estimate }) {
  const i18n = useI18n();
  const app = useApp();
  const health = useQuery(() => app.queries.health());
  const isLocal = () => health.isSuccess && health.data.provider.name === 'local';
  const hasAmounts = () => props.estimate.batch.low !== null;
  /** Embeddings have none that is paid for: their cost is known from the input. */
  const hasAnswers = () => props.estimate.output_tokens.high !== 0;
  const columns = () =>
    COLUMNS.filter((column) => (hasAnswers() ? props.estimate.batch[column] !== null : column === 'likely'));
  const amount = (range: CostRange, column: keyof CostRange) => {
    const dollars = range[column];
    return dollars === null ? i18n.t('common.none') : i18n.format().estimatedMoney(dollars);
  };
  const size = () => {
    const { request_count, input_tokens } = props.estimate;
    const error = input_tokens.error > 0 ? i18n.format().share(input_tokens.error) : null;
    return i18n.t('costs.estimateSize', request_count, input_tokens.estimate, error);
  };
  const answers = () => {
    const { likely, high } = props.estimate.output_tokens;
    return [
      likely === null ? i18n.t('costs.answersUnknown') : i18n.t('costs.answersLikely', likely),
      high === null ? i18n.t('costs.answersUncapped') : i18n.t('costs.answersCapped', high),
    ].join(' ');
  };
  const verdicts = () => [...new Set(props.estimate.models.map(({ capacity }) => capacity.verdict))];
  return (
    <>
      <Show when={hasAmounts()}>
        <table class="estimate-costs">
          <caption class="visually-hidden">{i18n.t('costs.estimateCaption')}</caption>
          <thead>
            <tr>
              <td />
              <For each={columns()}>
                {(column) => (
                  <th scope="col">
                    {i18n.t(hasAnswers() ? `costs.estimateColumns.${column}` : 'costs.cost')}
                  </th>
                )}
              </For>
            </tr>
          </thead>
          <tbody>
            <For each={ROWS}>
              {(row) => (
                <tr>
                  <th scope="row">{i18n.t(`costs.estimateRows.${row}`)}</th>
                  <For each={columns()}>{(column) => <td>{amount(props.estimate[row], column)}</td>}</For>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </Show>
      <ul class="estimate-notes">
        <For each={props.estimate.models.filter(({ price }) => price === null)}>
          {({ model, unknown_price }) => (
            <li>
              {i18n.t(unknown_price === 'fine_tuned' ? 'costs.noPriceTuned' : 'costs.noPriceOf', model)}{' '}
              <A href={paths.settings('prices')}>{i18n.t('costs.addPrice')}</A>
            </li>
          )}
        </For>
        <li>{size()}</li>
        <Show when={hasAnswers()}>
          <li>{answers()}</li>
        </Show>
        <Show when={verdicts().length === 1}>
          <For each={verdicts()}>{(verdict) => <li>{i18n.t(`costs.verdicts.${verdict}`)}</li>}</For>
        </Show>
        <Show when={isLocal() && hasAmounts()}>
          <li>{i18n.t('costs.notBilled')}</li>
        </Show>
      </ul>
      <Show when={props.estimate.models.length > 1}>
        <EstimateByModel models={props.estimate.models} hasVerdicts={verdicts().length > 1} />
      </Show>
    </>
  );
}
