import { assertNever } from '@batchdesk/shared';
import { createMemo } from 'solid-js';
import { useI18n } from '../../../i18n/i18n.tsx';
import { hasEnded } from '../job-facts.ts';
import type { StageSources } from '../timeline/stages-of.ts';
import { costOf, isBilled } from './cost-of.ts';
import { Figure } from './figure.tsx';

/** What a batch cost and saved, as far as it is known. */
export function CostFigure(props: { sources: StageSources }) {
  const i18n = useI18n();
  const cost = createMemo(() => costOf(props.sources));
  const isLocal = () => !isBilled(props.sources.job);
  const value = () => {
    const known = cost();
    switch (known.kind) {
      case 'unknown':
        return i18n.t(`costs.unknownCosts.${known.why ?? 'cost'}`);
      case 'open':
        return i18n.t('common.none');
      case 'known': {
        const amount = i18n.format().money(known.amount);
        return known.isAtLeast ? i18n.t('costs.atLeast', amount) : amount;
      }
      default:
        return assertNever(known);
    }
  };
  const asides = () => {
    const known = cost();
    const unpriced = props.sources.job.cost.unpriced_batches;
    return [
      known.kind === 'known' && known.savings
        ? i18n.t(
            hasEnded(props.sources.job) ? 'costs.savedAmount' : 'costs.saves',
            i18n.format().money(known.savings),
          )
        : null,
      known.kind === 'known' && unpriced > 0 ? i18n.t('batch.costOf', unpriced) : null,
      known.kind !== 'open'
        ? null
        : known.estimate === null
          ? i18n.t('batch.afterwards')
          : i18n.t('batch.estimated', i18n.format().estimatedMoney(known.estimate)),
      isLocal() && known.kind !== 'unknown' ? i18n.t('costs.notBilled') : null,
    ]
      .filter((text) => text !== null)
      .join(' · ');
  };
  return (
    <Figure
      label={isLocal() ? i18n.t('costs.costAtOpenai') : i18n.t('costs.cost')}
      aside={asides() || undefined}
    >
      {value()}
    </Figure>
  );
}
