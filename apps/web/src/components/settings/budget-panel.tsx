import type { BudgetState, MonthBudget } from '@batchdesk/shared';
import { Show } from 'solid-js';
import { useI18n } from '../../i18n/i18n.tsx';
import type { Dashboard } from '../../state/create-dashboard.ts';
import { FailureNotice } from '../failure-notice.tsx';
import { BudgetForm } from './budget-form.tsx';

/** The budget of each month, and how much of it is gone. */
export function BudgetPanel(props: { dashboard: Dashboard }) {
  const i18n = useI18n();
  return (
    <section class="panel settings-panel" aria-labelledby="budget">
      <h3 id="budget" tabIndex={-1}>
        {i18n.t().monthBudget}
      </h3>
      <Show
        when={props.dashboard.state.budget}
        fallback={
          <Show when={props.dashboard.state.failure} fallback={<p class="quiet">{i18n.t().loading}</p>}>
            {(failure) => <FailureNotice failure={failure()} />}
          </Show>
        }
      >
        {(month) => (
          <>
            <Spending month={month()} />
            <BudgetForm initial={month().budget} dashboard={props.dashboard} />
          </>
        )}
      </Show>
    </section>
  );
}

function Spending(props: { month: MonthBudget }) {
  const i18n = useI18n();
  const month = () => i18n.month(props.month.month);
  return (
    <Show
      when={props.month.budget}
      fallback={<p>{i18n.t().spentInMonth(month(), i18n.money(props.month.spent))}</p>}
    >
      {(budget) => (
        <div class="spending">
          <p>
            {i18n.t().spentOfBudget(month(), i18n.money(budget().spent), i18n.money(budget().limit))}
            <Show when={budget().committed > budget().spent}>
              {' '}
              {i18n.t().committed(i18n.money(budget().committed))}
            </Show>
          </p>
          <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
            <rect class="bar-rest" width="100" height="4" />
            <rect class="bar-committed" width={percentOf(budget(), 'committed')} height="4" />
            <rect class="bar-spent" width={percentOf(budget(), 'spent')} height="4" />
          </svg>
          <p classList={{ attention: budget().state !== 'ok' }}>
            {i18n.t().budgetStates[budget().state]}{' '}
            <Show when={budget().held > 0}>{i18n.t().budgetHolds(budget().held)}</Show>
          </p>
        </div>
      )}
    </Show>
  );
}

function percentOf(budget: BudgetState, part: 'spent' | 'committed'): number {
  return Math.min(100, (budget[part] / budget.limit) * 100);
}
