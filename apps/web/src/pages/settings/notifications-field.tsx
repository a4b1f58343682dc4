import { Show, createSignal } from 'solid-js';
import { useI18n } from '../../i18n/i18n.tsx';
import { useApp } from '../../state/app-state.tsx';

/** What the browser lets the page do; on addresses that are not secure it has no notifications. */
function readPermission(): NotificationPermission | 'unavailable' {
  return 'Notification' in window && window.isSecureContext ? Notification.permission : 'unavailable';
}

/** Whether the browser tells when a batch ends. It is asked for its permission when somebody wants that, and not before. */
export function NotificationsField() {
  const i18n = useI18n();
  const app = useApp();
  const [permission, setPermission] = createSignal(readPermission());
  const isOn = () => app.preferences.notifies && permission() === 'granted';

  async function choose(box: HTMLInputElement): Promise<void> {
    if (box.checked) setPermission(await Notification.requestPermission());
    app.choose({ notifies: box.checked && permission() === 'granted' });
    box.checked = isOn();
  }

  return (
    <div class="field">
      <label class="check">
        <input
          type="checkbox"
          checked={isOn()}
          disabled={permission() === 'unavailable'}
          aria-describedby="notifications-hint notifications-problem"
          onChange={(event) => void choose(event.currentTarget)}
        />
        {i18n.t('settings.notify')}
      </label>
      <p class="quiet" id="notifications-hint">
        {i18n.t('settings.notifyHint')}
      </p>
      <div role="status" id="notifications-problem">
        <Show when={permission() === 'denied'}>
          <p class="problem">{i18n.t('settings.notifyDenied')}</p>
        </Show>
        <Show when={permission() === 'unavailable'}>
          <p class="problem">{i18n.t('settings.notifyUnavailable')}</p>
        </Show>
      </div>
    </div>
  );
}
