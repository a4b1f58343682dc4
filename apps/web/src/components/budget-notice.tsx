import type { BudgetState } from '@batchdesk/shared';
import { Show } from 'solid-js';
import { useI18n } from '../i18n/i18n.tsx';

/** Says that the month's budget holds what would be sent, and how to go on. */
export function BudgetNotice(props: { budget: BudgetState }) {
  const i18n = useI18n();
  return (
    <section class="banner banner-failure" aria-label={i18n.t().monthBudget}>
      <p>
        <strong>
          {i18n.t().budgetReached(i18n.money(props.budget.committed), i18n.money(props.budget.limit))}
        </strong>{' '}
        <Show when={props.budget.held > 0}>{i18n.t().budgetHolds(props.budget.held)} </Show>
        {i18n.t().budgetGoesOn} <a href="#budget">{i18n.t().changeBudget}</a>
      </p>
    </section>
  );
}
