import { assertNever, stateTone } from '@batchdesk/shared';
import type { JobState, StatusTone } from '@batchdesk/shared';
import CircleCheck from 'lucide-solid/icons/circle-check';
import CircleDashed from 'lucide-solid/icons/circle-dashed';
import CircleMinus from 'lucide-solid/icons/circle-minus';
import CirclePlay from 'lucide-solid/icons/circle-play';
import CircleX from 'lucide-solid/icons/circle-x';
import { Dynamic } from 'solid-js/web';
import { useI18n } from '../i18n/i18n.tsx';

/** The state of a batch or a job in words, with a sign and a colour that say the same. */
export function StatusLabel(props: { state: JobState }) {
  const i18n = useI18n();
  const tone = () => stateTone(props.state);
  return (
    <span class={`status tone-${tone()}`}>
      <Dynamic component={signOf(tone())} aria-hidden="true" />
      {i18n.t(`common.statuses.${props.state}`)}
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
