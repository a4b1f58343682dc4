import { For } from 'solid-js';
import { Field } from '../../components/field.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { useApp } from '../../state/app-state.tsx';
import { listTimeZones, localTimeZone } from './time-zones.ts';

/** In which time zone times are shown; the time there says that it is the right one. */
export function TimeZoneField() {
  const i18n = useI18n();
  const app = useApp();
  const chosen = () => app.preferences.timeZone;
  return (
    <Field
      id="time-zone"
      label={i18n.t('settings.timeZone')}
      hint={i18n.t('settings.timeThere', i18n.format().date(app.now()))}
    >
      <select
        id="time-zone"
        aria-describedby="time-zone-hint"
        onChange={(event) => app.choose({ timeZone: event.currentTarget.value })}
      >
        <option value="local" selected={chosen() === 'local'}>
          {i18n.t('settings.localZone', localTimeZone())}
        </option>
        <option value="UTC" selected={chosen() === 'UTC'}>
          UTC
        </option>
        <optgroup label={i18n.t('settings.allZones')}>
          <For each={listTimeZones(chosen())}>
            {(zone) => (
              <option value={zone} selected={chosen() === zone}>
                {zone}
              </option>
            )}
          </For>
        </optgroup>
      </select>
    </Field>
  );
}
