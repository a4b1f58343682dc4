import { render } from 'solid-js/web';
import { createApi } from './api/api.ts';
import { App } from './app.tsx';
import { I18nProvider } from './i18n/i18n.tsx';
import { createDashboard } from './state/create-dashboard.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/header.css';
import './styles/layout.css';
import './styles/form.css';
import './styles/list.css';
import './styles/cells.css';
import './styles/table.css';
import './styles/costs.css';
import './styles/settings.css';
import './styles/dialog.css';

const dashboard = createDashboard(createApi());
const root = document.querySelector('#app');
if (!root) throw new Error('The page has no #app to render into.');
render(
  () => (
    <I18nProvider>
      <App dashboard={dashboard} />
    </I18nProvider>
  ),
  root,
);
