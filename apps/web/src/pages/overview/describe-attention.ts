import { assertNever } from '@batchdesk/shared';
import type { StatusTone, WaitReason } from '@batchdesk/shared';
import type { I18n } from '../../i18n/i18n.tsx';
import { paths } from '../../routes.ts';
import type { Attention } from './find-attention.ts';

/** What a line says, and where one acts. */
export interface AttentionLine {
  tone: StatusTone;
  /** Goes on after the name of the batch, where it is of one. */
  text: string;
  action: 'provider' | 'budget' | 'limits' | 'errors' | 'open';
  href: string;
}

/** Puts in words what needs attention. `now` in Unix seconds. */
export function describeAttention(attention: Attention, { t, format }: I18n, now: number): AttentionLine {
  const { date, duration, number } = format();
  switch (attention.kind) {
    case 'no_key':
      return { tone: 'failure', text: t('overview.noKey'), ...TO_PROVIDER };
    case 'paused':
      return { tone: 'failure', text: t('overview.paused', date(attention.since)), ...TO_PROVIDER };
    case 'trouble':
      return { tone: 'waiting', text: t('overview.trouble', date(attention.since)), ...TO_PROVIDER };
    case 'budget': {
      const { held } = attention;
      const text = held > 0 ? t('overview.budgetHolds', held) : t('overview.budgetReached');
      return { tone: 'waiting', text, ...TO_BUDGET };
    }
    case 'stuck':
      return { tone: 'failure', text: t(`overview.stuck.${attention.stuck}`), ...open(attention.job.id) };
    case 'expiring': {
      const left = attention.at - now;
      const text = left > 0 ? t('overview.expiring', duration(left)) : t('overview.expiringNow');
      return { tone: 'waiting', text, ...open(attention.job.id) };
    }
    case 'waiting': {
      const reason = t(`overview.waiting.${attention.reason}`);
      const { until } = attention;
      const text = until !== null && until > now ? t('overview.waitingUntil', reason, date(until)) : reason;
      return { tone: 'waiting', text, ...whereToAct(attention.reason, attention.job.id) };
    }
    case 'ended':
      return { tone: 'failure', text: t(`overview.ended.${attention.state}`), ...toErrors(attention.job.id) };
    case 'errors': {
      const text = t('overview.errors', attention.failed, number(attention.job.counts.total));
      return { tone: 'failure', text, ...toErrors(attention.job.id) };
    }
    default:
      return assertNever(attention);
  }
}

const TO_PROVIDER = { action: 'provider' as const, href: paths.settings('provider') };
const TO_BUDGET = { action: 'budget' as const, href: paths.settings('budget') };
const TO_LIMITS = { action: 'limits' as const, href: paths.settings('limits') };
const open = (jobId: string) => ({ action: 'open' as const, href: paths.batch(jobId) });
const toErrors = (jobId: string) => ({ action: 'errors' as const, href: paths.batch(jobId, 'errors') });

function whereToAct(reason: WaitReason, jobId: string) {
  switch (reason) {
    case 'token_limit':
    case 'unknown_limit':
    case 'backoff':
    case 'creation_rate':
      return TO_LIMITS;
    case 'provider_paused':
      return TO_PROVIDER;
    case 'month_budget':
      return TO_BUDGET;
    case 'job_budget':
    case 'retry_later':
    case 'busy':
      return open(jobId);
    default:
      return assertNever(reason);
  }
}
