import { Show, onCleanup, onMount } from 'solid-js';
import { Announcer, useAnnounce } from './components/announcer.tsx';
import { BatchList } from './components/batch-list.tsx';
import { CreateForm } from './components/create-form.tsx';
import { ProviderBanner } from './components/provider-banner.tsx';
import { SignInForm } from './components/sign-in-form.tsx';
import { SiteHeader } from './components/site-header.tsx';
import { StatsStrip } from './components/stats-strip.tsx';
import { createDraft } from './create/create-draft.ts';
import type { Draft } from './create/create-draft.ts';
import { PROMPT_ENDPOINTS } from './create/endpoints.ts';
import { useI18n } from './i18n/i18n.tsx';
import type { Dashboard } from './state/create-dashboard.ts';

/** The whole page. */
export function App(props: { dashboard: Dashboard }) {
  const i18n = useI18n();
  const draft = createDraft(); // here, so that signing in again loses nothing
  onMount(() => void props.dashboard.refresh());
  onCleanup(() => props.dashboard.stop());
  return (
    <Announcer>
      <a class="skip-link" href="#content">
        {i18n.t().skipToContent}
      </a>
      <SiteHeader />
      <main id="content" tabIndex={-1}>
        <Show
          when={!props.dashboard.state.needsSignIn}
          fallback={<SignInForm onSignedIn={() => void props.dashboard.refresh()} />}
        >
          <Desk dashboard={props.dashboard} draft={draft} />
        </Show>
      </main>
    </Announcer>
  );
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
      <Show when={props.dashboard.state.stats}>{(stats) => <StatsStrip stats={stats()} />}</Show>
      <div class="desk">
        <CreateForm draft={props.draft} dashboard={props.dashboard} />
        <BatchList dashboard={props.dashboard} onUseSamples={fillSamples} />
      </div>
    </>
  );
}
