import { Route, Router, useNavigate } from '@solidjs/router';
import type { RouteSectionProps } from '@solidjs/router';
import { ErrorBoundary, Show, Suspense, createSignal, lazy, onCleanup } from 'solid-js';
import { Announcer } from './components/announcer.tsx';
import { BrokenPage } from './components/broken-page.tsx';
import { DropTarget } from './components/drop-target.tsx';
import { NotFound } from './components/not-found.tsx';
import { Notices } from './components/notices.tsx';
import { SignInForm } from './components/sign-in-form.tsx';
import { SiteHeader } from './components/site-header.tsx';
import { Skeleton } from './components/skeleton.tsx';
import { UploadList } from './components/upload-list.tsx';
import { createPages } from './create-pages.ts';
import type { Pages } from './create-pages.ts';
import { useI18n } from './i18n/i18n.tsx';
import { paths } from './routes.ts';
import { useApp } from './state/app-state.tsx';
import { notifyEnds } from './state/notify-ends.ts';
import { listenForShortcuts } from './state/shortcuts.ts';
import { hasToasts } from './state/toasts.ts';

const Overview = lazy(async () => ({ default: (await import('./pages/overview/overview.tsx')).Overview }));
const Toaster = lazy(async () => ({ default: (await import('./components/toaster.tsx')).Toaster }));

/** The whole page: what stands around every part of it, and the part that the address names. */
export function App() {
  const pages = createPages(useI18n());
  return (
    <Router root={(props) => <Shell {...props} over={pages} />}>
      <Route path={['/', '/batch-api.html']} component={Overview} />
      <Route path="/batches" component={pages.Batches} />
      <Route path="/batches/:job_id/:tab?" component={pages.Batch} />
      <Route path="/new" component={pages.Create} />
      <Route path="/files" component={pages.Files} />
      <Route path="/settings/:part?" component={pages.Settings} />
      <Route path="*" component={NotFound} />
    </Router>
  );
}

/** What stands over the page. */
type Over = 'palette' | 'shortcuts';

function Shell(props: RouteSectionProps & { over: Pick<Pages, 'Palette' | 'ShortcutSheet'> }) {
  const i18n = useI18n();
  const app = useApp();
  const navigate = useNavigate();
  const [over, setOver] = createSignal<Over | null>(null);
  let main: HTMLElement | undefined;
  app.live.start();
  onCleanup(() => app.live.stop());
  onCleanup(notifyEnds(app, i18n, navigate));
  onCleanup(
    listenForShortcuts({
      palette: () => setOver('palette'),
      sheet: () => setOver('shortcuts'),
      create: () => navigate(paths.create()),
      search: () => document.querySelector<HTMLInputElement>('main input[type="search"]')?.focus(),
      overview: () => navigate(paths.overview()),
      batches: () => navigate(paths.batches()),
      files: () => navigate(paths.files()),
      settings: () => navigate(paths.settings()),
    }),
  );
  return (
    <Announcer>
      <a
        class="skip-link"
        href="#content"
        onClick={(event) => {
          event.preventDefault(); // the address says which page is shown
          main?.focus();
        }}
      >
        {i18n.t('shell.skipToContent')}
      </a>
      <SiteHeader onSearch={() => setOver('palette')} />
      <main ref={(element) => (main = element)} id="content" class="content" tabIndex={-1}>
        <Show when={!app.needsSignIn()} fallback={<SignInForm onSignedIn={() => app.signedIn()} />}>
          <Notices />
          <ErrorBoundary fallback={(error: unknown) => <BrokenPage error={error} />}>
            <Suspense fallback={<Skeleton lines={8} />}>{props.children}</Suspense>
          </ErrorBoundary>
        </Show>
      </main>
      <UploadList />
      <DropTarget />
      <ErrorBoundary fallback={null}>
        <Suspense>
          <Show when={over() === 'palette'}>
            <props.over.Palette
              isOpen
              onClose={() => setOver(null)}
              onShortcuts={() => setOver('shortcuts')}
            />
          </Show>
          <Show when={over() === 'shortcuts'}>
            <props.over.ShortcutSheet isOpen onClose={() => setOver(null)} />
          </Show>
        </Suspense>
        <Show when={hasToasts()}>
          <Toaster />
        </Show>
      </ErrorBoundary>
    </Announcer>
  );
}
