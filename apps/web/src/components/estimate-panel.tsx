import type { CostRange, Estimate } from '@batchdesk/shared';
import { For, Match, Show, Switch, untrack } from 'solid-js';
import type { Draft } from '../create/create-draft.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { createEstimate } from '../state/create-estimate.ts';
import type { Dashboard } from '../state/create-dashboard.ts';

/** What the draft would cost, and how much is sent. Keeps nobody from sending it. */
export function EstimatePanel(props: { draft: Draft; dashboard: Dashboard }) {
  const i18n = useI18n();
  const { state, ask } = untrack(() => createEstimate(props.draft, props.dashboard));
  const isLocal = () => props.dashboard.state.health?.provider.name === 'local';
  return (
    <Show when={state.status !== 'nothing'}>
      <section class="estimate" aria-labelledby="estimate-title" aria-busy={state.status === 'asking'}>
        <h3 id="estimate-title">{i18n.t().estimate}</h3>
        <Switch>
          <Match when={state.status === 'offered'}>
            <p class="quiet">{i18n.t().estimateOffered}</p>
            <button type="button" onClick={ask}>
              {i18n.t().estimateNow}
            </button>
          </Match>
          <Match when={state.status === 'failed' && state.failure}>
            {(failure) => <p class="quiet">{i18n.t().estimateFailed(i18n.failure(failure()))}</p>}
          </Match>
          <Match when={state.estimate}>
            {(estimate) => <EstimateFigures estimate={estimate()} isLocal={isLocal()} />}
          </Match>
          <Match when={state.status === 'asking'}>
            <p class="quiet">{i18n.t().estimating}</p>
          </Match>
        </Switch>
      </section>
    </Show>
  );
}

const COLUMNS = ['low', 'likely', 'high'] as const;
const ROWS = ['batch', 'synchronous', 'savings'] as const;

function EstimateFigures(props: { estimate: Estimate; isLocal: boolean }) {
  const i18n = useI18n();
  const hasAmounts = () => props.estimate.batch.low !== null;
  /** Embeddings have none that is paid for: their cost is known from the input. */
  const hasAnswers = () => props.estimate.output_tokens.high !== 0;
  const columns = () =>
    COLUMNS.filter((column) => (hasAnswers() ? props.estimate.batch[column] !== null : column === 'likely'));
  return (
    <>
      <Show when={hasAmounts()}>
        <table class="estimate-costs">
          <caption class="visually-hidden">{i18n.t().estimateCaption}</caption>
          <thead>
            <tr>
              <td />
              <For each={columns()}>
                {(column) => (
                  <th scope="col">{hasAnswers() ? i18n.t().estimateColumns[column] : i18n.t().cost}</th>
                )}
              </For>
            </tr>
          </thead>
          <tbody>
            <For each={ROWS}>
              {(row) => (
                <tr>
                  <th scope="row">{i18n.t().estimateRows[row]}</th>
                  <For each={columns()}>
                    {(column) => <td>{amountOf(props.estimate[row], column, i18n.estimatedMoney)}</td>}
                  </For>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </Show>
      <ul class="estimate-notes">
        <For each={props.estimate.models.filter(({ price }) => price === null)}>
          {({ model, unknown_price }) => (
            <li class="attention">
              {unknown_price === 'fine_tuned' ? i18n.t().noPriceTuned(model) : i18n.t().noPriceOf(model)}{' '}
              <a href="#prices">{i18n.t().addPrice}</a>
            </li>
          )}
        </For>
        <li>{sizeOf(props.estimate)}</li>
        <Show when={hasAnswers()}>
          <li>{answersOf(props.estimate)}</li>
        </Show>
        <For each={props.estimate.models}>
          {({ capacity }) => <li>{i18n.t().verdicts[capacity.verdict]}</li>}
        </For>
        <Show when={props.isLocal && hasAmounts()}>
          <li>{i18n.t().notBilled}</li>
        </Show>
      </ul>
    </>
  );

  function sizeOf({ request_count, input_tokens }: Estimate): string {
    const { estimate, error } = input_tokens;
    return i18n.t().estimateSize(request_count, estimate, error > 0 ? i18n.share(error) : null);
  }

  function answersOf({ output_tokens }: Estimate): string {
    const { likely, high } = output_tokens;
    const parts = [
      likely === null ? i18n.t().answersUnknown : i18n.t().answersLikely(likely),
      high === null ? i18n.t().answersUncapped : i18n.t().answersCapped(high),
    ];
    return parts.join(' ');
  }
}

function amountOf(range: CostRange, column: keyof CostRange, money: (dollars: number) => string): string {
  const amount = range[column];
  return amount === null ? '–' : money(amount);
}
