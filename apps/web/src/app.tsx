import { Show, createEffect, onCleanup, onMount } from 'solid-js';
import { Announcer, useAnnounce } from './components/announcer.tsx';
import { BatchList } from './components/batch-list.tsx';
import { BudgetNotice } from './components/budget-notice.tsx';
import { CreateForm } from './components/create-form.tsx';
import { ProviderBanner } from './components/provider-banner.tsx';
import { SettingsView } from './components/settings/settings-view.tsx';
import { SignInForm } from './components/sign-in-form.tsx';
import { SiteHeader } from './components/site-header.tsx';
import { StatsStrip } from './components/stats-strip.tsx';
import { createDraft } from './create/create-draft.ts';
import type { Draft } from './create/create-draft.ts';
import { PROMPT_ENDPOINTS } from './create/endpoints.ts';
import { useI18n } from './i18n/i18n.tsx';
import type { Dashboard } from './state/create-dashboard.ts';
import { createView } from './state/create-view.ts';

/** The whole page. */
export function App(props: { dashboard: Dashboard }) {
  const i18n = useI18n();
  const draft = createDraft(); // here, so that signing in again loses nothing
  const settings = createView();
  let main: HTMLElement | undefined;
  createEffect(() => {
    document.title = settings() ? `${i18n.t().settings} – Batchdesk` : 'Batchdesk';
  });
  onMount(() => void props.dashboard.refresh());
  onCleanup(() => props.dashboard.stop());
  return (
    <Announcer>
      <a
        class="skip-link"
        href="#content"
        onClick={(event) => {
          event.preventDefault(); // the address says which view is shown
          main?.focus();
        }}
      >
        {i18n.t().skipToContent}
      </a>
      <SiteHeader isSettings={settings() !== null} />
      <main ref={(element) => (main = element)} id="content" tabIndex={-1}>
        <Show
          when={!props.dashboard.state.needsSignIn}
          fallback={<SignInForm onSignedIn={() => void props.dashboard.refresh()} />}
        >
          <Show when={budgetThatHolds()}>{(budget) => <BudgetNotice budget={budget()} />}</Show>
          <Show when={settings()} fallback={<Desk dashboard={props.dashboard} draft={draft} />}>
            {(part) => <SettingsView part={part()} dashboard={props.dashboard} />}
          </Show>
        </Show>
      </main>
    </Announcer>
  );

  function budgetThatHolds() {
    const budget = props.dashboard.state.budget?.budget;
    return budget?.state === 'reached' && budget.at_limit === 'hold' && budget;
  }
}

function Desk(props: { dashboard: Dashboard; draft: Draft }) {
  const i18n = useI18n();
  const announce = useAnnounce();

  function fillSamples(): void {
    props.draft.setEndpoint(PROMPT_ENDPOINTS[0].url);
    props.draft.setPrompts(i18n.t().samplePrompts.join('\n'));
    announce(i18n.t().samplesFilled);
    document.querySelector<HTMLTextAreaElement>('#prompts')?.focus();
  }

  return (
    <>
      <Show when={props.dashboard.state.health}>
        {(health) => <ProviderBanner provider={health().provider} dashboard={props.dashboard} />}
      </Show>
      <Show when={props.dashboard.state.stats}>
        {(stats) => (
          <Show when={props.dashboard.state.costs}>
            {(costs) => (
              <StatsStrip
                stats={stats()}
                costs={costs()}
                isLocal={props.dashboard.state.health?.provider.name === 'local'}
              />
            )}
          </Show>
        )}
      </Show>
      <div class="desk">
        <CreateForm draft={props.draft} dashboard={props.dashboard} />
        <BatchList dashboard={props.dashboard} onUseSamples={fillSamples} />
      </div>
    </>
  );
}
