import { assertNever, statusTone } from '@batchdesk/shared';
import type { BatchStatus, StatusTone } from '@batchdesk/shared';
import { useI18n } from '../i18n/i18n.tsx';

/** A status in words, with a shape and a colour that say the same. */
export function StatusLabel(props: { status: BatchStatus }) {
  const i18n = useI18n();
  return (
    <span class={`status tone-${statusTone(props.status)}`}>
      <svg class="status-shape" viewBox="0 0 12 12" aria-hidden="true">
        <path d={shapeOf(statusTone(props.status))} />
      </svg>
      {i18n.t().statuses[props.status]}
    </span>
  );
}

const CIRCLE = 'M6 1a5 5 0 1 1 0 10a5 5 0 0 1 0-10Z';

function shapeOf(tone: StatusTone): string {
  switch (tone) {
    case 'waiting':
      return `${CIRCLE}M6 3.5V6l1.75 1.25`; // a clock
    case 'active':
      return `${CIRCLE}M5 4l3 2l-3 2Z`; // something that runs
    case 'success':
      return 'M1.5 6.5l3 3l6-7'; // a tick
    case 'failure':
      return 'M2 2l8 8M10 2l-8 8'; // a cross
    case 'neutral':
      return `${CIRCLE}M3.5 6h5`; // a circle with a dash
    default:
      return assertNever(tone);
  }
}
