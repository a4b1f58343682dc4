import { QueryClientProvider } from '@tanstack/solid-query';
import { createRoot } from 'solid-js';
import { render } from 'solid-js/web';
import { App } from './app.tsx';
import { loadDictionary } from './i18n/dictionary.ts';
import { I18nContext, createI18n } from './i18n/i18n.tsx';
import { AppContext, createAppState } from './state/app-state.tsx';
import { createPreferences } from './state/preferences.ts';
import './styles/font.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/status.css';
import './styles/surfaces.css';
import './styles/table.css';
import './styles/shell.css';

const root = document.querySelector('#app');
if (!root) throw new Error('The page has no #app to render into.');

const stored = createRoot(createPreferences);
const dictionary = await loadDictionary(stored.preferences.language);

render(() => {
  const state = createAppState(stored);
  const i18n = createI18n(stored.preferences, dictionary);
  return (
    <QueryClientProvider client={state.client}>
      <I18nContext.Provider value={i18n}>
        <AppContext.Provider value={state}>
          <App />
        </AppContext.Provider>
      </I18nContext.Provider>
    </QueryClientProvider>
  );
}, root);
