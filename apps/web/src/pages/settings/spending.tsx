import type { BudgetState, MonthBudget } from '@batchdesk/shared';
import { Show } from 'solid-js';
import { useI18n } from '../../i18n/i18n.tsx';

/** What the month has cost so far, and what of the budget that is. */
export function Spending(props: { month: MonthBudget }) {
  const i18n = useI18n();
  const month = () => i18n.format().month(props.month.month);
  const money = (dollars: number) => i18n.format().money(dollars);
  return (
    <div class="spending">
      <Show
        when={props.month.budget}
        fallback={<p>{i18n.t('costs.spentInMonth', month(), money(props.month.spent))}</p>}
      >
        {(budget) => (
          <>
            <p>
              <strong>
                {i18n.t('costs.spentOfBudget', month(), money(budget().spent), money(budget().limit))}
              </strong>
              <Show when={budget().committed > budget().spent}>
                {' '}
                {i18n.t('costs.committed', money(budget().committed))}
              </Show>
            </p>
            <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
              <rect class="bar-rest" width="100" height="4" />
              <rect class="bar-committed" width={percentOf(budget(), 'committed')} height="4" />
              <rect class="bar-spent" width={percentOf(budget(), 'spent')} height="4" />
            </svg>
            <p class={budget().state === 'ok' ? 'quiet' : 'attention'}>
              {i18n.t(`costs.budgetStates.${budget().state}`)}{' '}
              <Show when={budget().held > 0}>{i18n.t('costs.budgetHolds', budget().held)}</Show>
            </p>
          </>
        )}
      </Show>
      <Show when={props.month.unpriced_batches > 0}>
        <p class="attention">{i18n.t('costs.unpriced', props.month.unpriced_batches)}</p>
      </Show>
    </div>
  );
}

function percentOf(budget: BudgetState, part: 'spent' | 'committed'): number {
  return Math.min(100, (budget[part] / budget.limit) * 100);
}
