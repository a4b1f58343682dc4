import { assertNever, stateTone } from '@batchdesk/shared';
import type { JobState, StatusTone } from '@batchdesk/shared';
import CircleAlert from 'lucide-solid/icons/circle-alert';
import CircleCheck from 'lucide-solid/icons/circle-check';
import CircleDashed from 'lucide-solid/icons/circle-dashed';
import CircleMinus from 'lucide-solid/icons/circle-minus';
import CirclePlay from 'lucide-solid/icons/circle-play';
import CircleX from 'lucide-solid/icons/circle-x';
import { Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { useI18n } from '../i18n/i18n.tsx';

/**
 * The state of a batch or a job in words, with a sign and a colour that say the same. `failed`: its requests without success,
 * which a batch that is completed may have.
 */
export function StatusLabel(props: { state: JobState; failed?: number }) {
  const i18n = useI18n();
  const hasFailed = () => props.state === 'completed' && (props.failed ?? 0) > 0;
  const tone = () => (hasFailed() ? 'waiting' : stateTone(props.state));
  const name = () => i18n.t(`common.statuses.${props.state}`);
  // Where it has no room in one line, it breaks after the comma.
  const failedCount = () => i18n.t('common.failedCount', props.failed ?? 0).replaceAll(' ', '\u00A0');
  return (
    <span class={`status tone-${tone()}`}>
      <Dynamic component={hasFailed() ? CircleAlert : signOf(tone())} aria-hidden="true" />
      <Show when={hasFailed()} fallback={name()}>
        <span>{i18n.t('common.statusWithFailed', name(), failedCount())}</span>
      </Show>
    </span>
  );
}

function signOf(tone: StatusTone) {
  switch (tone) {
    case 'waiting':
      return CircleDashed;
    case 'active':
      return CirclePlay;
    case 'success':
      return CircleCheck;
    case 'failure':
      return CircleX;
    case 'neutral':
      return CircleMinus;
    default:
      return assertNever(tone);
  }
}
