import type { FileView } from '@batchdesk/shared';
import { Match, Switch } from 'solid-js';
import { useI18n } from '../../i18n/i18n.tsx';
import { useApp } from '../../state/app-state.tsx';
import { expiryOf } from './file-facts.ts';

/** When the provider deletes a file; our copy stays. */
export function FileExpiry(props: { file: FileView }) {
  const i18n = useI18n();
  const app = useApp();
  const expiry = () => expiryOf(props.file, app.now());
  const left = () => {
    const known = expiry();
    return 'seconds' in known ? known : undefined;
  };
  return (
    <Switch fallback={<span class="quiet">{i18n.t('files.never')}</span>}>
      <Match when={expiry().kind === 'gone'}>
        <span class="quiet" title={i18n.format().exactDate(props.file.expires_at ?? 0)}>
          {i18n.t('files.expired')}
        </span>
      </Match>
      <Match when={left()}>
        {(known) => (
          <time
            class={known().kind === 'soon' ? 'file-soon' : ''}
            dateTime={new Date((props.file.expires_at ?? 0) * 1_000).toISOString()}
            title={i18n.format().exactDate(props.file.expires_at ?? 0)}
          >
            {i18n.t('files.expiresIn', i18n.format().duration(known().seconds))}
          </time>
        )}
      </Match>
    </Switch>
  );
}
