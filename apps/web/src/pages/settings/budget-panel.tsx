import { useQuery } from '../../api/use-query.ts';
import { Loaded } from '../../components/loaded.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { useApp } from '../../state/app-state.tsx';
import { BudgetForm } from './budget-form.tsx';
import { Spending } from './spending.tsx';

/** The budget of each month, and how much of it is gone. */
export function BudgetPanel() {
  const i18n = useI18n();
  const app = useApp();
  const query = useQuery(() => app.queries.budget());
  return (
    <Loaded query={query} lines={6}>
      {(month) => (
        <>
          <p class="quiet settings-hint">{i18n.t('costs.budgetHint')}</p>
          <Spending month={month()} />
          <BudgetForm initial={month().budget} />
        </>
      )}
    </Loaded>
  );
}
