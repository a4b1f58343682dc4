import { A } from '@solidjs/router';
import type { BudgetState } from '@batchdesk/shared';
import { Show } from 'solid-js';
import { useI18n } from '../i18n/i18n.tsx';
import { paths } from '../routes.ts';

/** Says that the month's budget holds what would be sent, and how to go on. */
export function BudgetNotice(props: { budget: BudgetState }) {
  const i18n = useI18n();
  const money = (dollars: number) => i18n.format().money(dollars);
  return (
    <section class="notice notice-waiting" aria-label={i18n.t('costs.monthBudget')}>
      <p>
        <strong>
          {i18n.t('costs.budgetReached', money(props.budget.committed), money(props.budget.limit))}
        </strong>{' '}
        <Show when={props.budget.held > 0}>{i18n.t('costs.budgetHolds', props.budget.held)} </Show>
        {i18n.t('costs.budgetGoesOn')} <A href={paths.settings('budget')}>{i18n.t('costs.changeBudget')}</A>
      </p>
    </section>
  );
}
