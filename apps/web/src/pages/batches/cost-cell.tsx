import { isTerminalState } from '@batchdesk/shared';
import type { Job } from '@batchdesk/shared';
import { useI18n } from '../../i18n/i18n.tsx';

/** What a job costs, as far as it is known. */
export function CostCell(props: { job: Job }) {
  const i18n = useI18n();
  function written(): string {
    const { cost, state } = props.job;
    if (cost.amount === null) return i18n.t('costs.unknownCosts.cost');
    if (cost.amount === 0 && !isTerminalState(state)) return i18n.t('common.none');
    const amount = i18n.format().money(cost.amount);
    return cost.unpriced_batches > 0 || !isTerminalState(state) ? i18n.t('costs.atLeast', amount) : amount;
  }
  return <>{written()}</>;
}
