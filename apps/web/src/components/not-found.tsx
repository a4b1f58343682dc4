import { A } from '@solidjs/router';
import { useI18n } from '../i18n/i18n.tsx';
import { paths } from '../routes.ts';
import { PageHead } from './page-head.tsx';

/** What an address that leads nowhere shows. */
export function NotFound() {
  const i18n = useI18n();
  return (
    <div class="page">
      <PageHead title={i18n.t('shell.notFound')} />
      <p class="quiet">{i18n.t('shell.notFoundHint')}</p>
      <div class="row">
        <A class="button" href={paths.overview()}>
          {i18n.t('shell.toOverview')}
        </A>
      </div>
    </div>
  );
}
