import { createEffect } from 'solid-js';
import { useI18n } from '../../i18n/i18n.tsx';
import type { Dashboard } from '../../state/create-dashboard.ts';
import type { SettingsPart } from '../../state/create-view.ts';
import { BudgetPanel } from './budget-panel.tsx';
import { PricesPanel } from './prices-panel.tsx';

/** What people set: the budget of each month, and prices. The headings are what the address leads to. */
export function SettingsView(props: { part: SettingsPart; dashboard: Dashboard }) {
  const i18n = useI18n();
  createEffect(() => {
    const { part } = props;
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`#${part}`)?.focus());
  });
  return (
    <>
      <h2 id="settings" class="view-title" tabIndex={-1}>
        {i18n.t().settings}
      </h2>
      <BudgetPanel dashboard={props.dashboard} />
      <PricesPanel dashboard={props.dashboard} />
    </>
  );
}
