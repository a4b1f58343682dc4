import { BATCH_STATUSES } from '@batchdesk/shared';
import type { JobEvent } from '@batchdesk/shared';
import type { I18n } from '../../../i18n/i18n.tsx';

/** The events that have a sentence. */
const KNOWN = [
  'job_created',
  'job_cancelling',
  'job_retried',
  'job_finished',
  'submission_waiting',
  'submission_failed',
  'submission_cancelled',
  'submission_replaced',
  'batch_created',
  'batch_imported',
  'batch_stuck',
  'batch_progress',
  'batch_collected',
  'batch_uncollectable',
  'requests_retried',
  'budget_warned',
  'budget_reached',
] as const;

/** What an event says, in a sentence; one that this page does not know says its name. */
export function describeEvent({ type, data }: Pick<JobEvent, 'type' | 'data'>, i18n: I18n): string {
  const name = type.replaceAll('.', '_');
  if (name === 'batch_status') {
    const status = BATCH_STATUSES.find((known) => known === data['to']);
    return i18n.t(
      'batch.events.batch_status',
      data,
      status ? i18n.t(`common.statuses.${status}`) : String(data['to']),
    );
  }
  const known = KNOWN.find((one) => one === name);
  return known ? i18n.t(`batch.events.${known}`, data) : `\`${type}\``;
}
