import { assertNever } from '@batchdesk/shared';
import type { RequestOutcome, StatusTone } from '@batchdesk/shared';
import { useI18n } from '../i18n/i18n.tsx';

/** The outcome of a request: a dot and a word. */
export function OutcomeLabel(props: { outcome: RequestOutcome }) {
  const i18n = useI18n();
  return (
    <span class={`outcome tone-${outcomeTone(props.outcome)}`}>
      {i18n.t(`common.outcomes.${props.outcome}`)}
    </span>
  );
}

/** How an outcome is shown. */
export function outcomeTone(outcome: RequestOutcome): StatusTone {
  switch (outcome) {
    case 'pending':
      return 'waiting';
    case 'submitted':
      return 'active';
    case 'succeeded':
      return 'success';
    case 'failed':
    case 'expired':
    case 'missing':
      return 'failure';
    case 'cancelled':
      return 'neutral';
    default:
      return assertNever(outcome);
  }
}
