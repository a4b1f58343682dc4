import { A, useParams } from '@solidjs/router';
import { For, Match, Switch } from 'solid-js';
import { PageHead } from '../../components/page-head.tsx';
import { TabBar } from '../../components/tab-bar.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { SETTINGS_PARTS, paths } from '../../routes.ts';
import { BudgetPanel } from './budget-panel.tsx';
import { DisplayPanel } from './display-panel.tsx';
import { LimitsPanel } from './limits-panel.tsx';
import { PricesPanel } from './prices-panel.tsx';
import { ProviderPanel } from './provider-panel.tsx';
import './settings.css';

/** What people set, in parts that each have an address. */
export function Settings() {
  const i18n = useI18n();
  const params = useParams<{ part?: string }>();
  const part = () => SETTINGS_PARTS.find((known) => known === params.part) ?? SETTINGS_PARTS[0];
  return (
    <div class="page settings">
      <PageHead title={i18n.t('settings.title')} />
      <TabBar class="settings-nav" label={i18n.t('settings.sections')} active={part()}>
        <For each={SETTINGS_PARTS}>
          {(name) => (
            <A href={paths.settings(name)} end noScroll>
              {i18n.t(`settings.parts.${name}`)}
            </A>
          )}
        </For>
      </TabBar>
      <section class="settings-part" aria-labelledby="settings-part">
        <h2 id="settings-part" tabIndex={-1}>
          {i18n.t(`settings.parts.${part()}`)}
        </h2>
        <Switch>
          <Match when={part() === 'provider'}>
            <ProviderPanel />
          </Match>
          <Match when={part() === 'limits'}>
            <LimitsPanel />
          </Match>
          <Match when={part() === 'prices'}>
            <PricesPanel />
          </Match>
          <Match when={part() === 'budget'}>
            <BudgetPanel />
          </Match>
          <Match when={part() === 'display'}>
            <DisplayPanel />
          </Match>
        </Switch>
      </section>
    </div>
  );
}
