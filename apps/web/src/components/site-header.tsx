import { A } from '@solidjs/router';
import FolderOpen from 'lucide-solid/icons/folder-open';
import Gauge from 'lucide-solid/icons/gauge';
import Layers from 'lucide-solid/icons/layers';
import Plus from 'lucide-solid/icons/plus';
import Search from 'lucide-solid/icons/search';
import Settings from 'lucide-solid/icons/settings';
import { useI18n } from '../i18n/i18n.tsx';
import { paths } from '../routes.ts';
import { BrandMark } from './brand-mark.tsx';
import { LiveChip } from './live-chip.tsx';
import { ProviderChip } from './provider-chip.tsx';

/** Where one can go from everywhere. */
export function SiteHeader(props: { onSearch: () => void }) {
  const i18n = useI18n();
  return (
    <header class="site-header">
      <A class="brand" href={paths.overview()} end>
        <BrandMark />
        <span class="brand-name">Batchdesk</span>
      </A>
      <nav class="site-nav" aria-label={i18n.t('shell.navigation')}>
        <A class="nav-link" href={paths.overview()} end>
          <Gauge aria-hidden="true" />
          {i18n.t('shell.overview')}
        </A>
        <A class="nav-link" href={paths.batches()}>
          <Layers aria-hidden="true" />
          {i18n.t('shell.batches')}
        </A>
        <A class="nav-link" href={paths.files()}>
          <FolderOpen aria-hidden="true" />
          {i18n.t('shell.files')}
        </A>
        <A class="nav-link" href={paths.settings()}>
          <Settings aria-hidden="true" />
          {i18n.t('shell.settings')}
        </A>
      </nav>
      <div class="site-tools">
        <ProviderChip />
        <LiveChip />
        <button
          type="button"
          class="search-button"
          aria-label={i18n.t('shell.search')}
          data-keys={`${isMac ? '⌘' : 'Ctrl'} K`}
          aria-keyshortcuts="Control+K Meta+K"
          onClick={() => props.onSearch()}
        >
          <Search aria-hidden="true" />
          <span class="search-text">{i18n.t('shell.search')}</span>
        </button>
        <A class="button primary" href={paths.create()}>
          <Plus aria-hidden="true" />
          <span class="header-create-text">{i18n.t('shell.newBatch')}</span>
        </A>
      </div>
    </header>
  );
}

const isMac = navigator.userAgent.includes('Mac');
