import Flag from 'lucide-solid/icons/flag';
import { For, Show } from 'solid-js';
import { useI18n } from '../../../i18n/i18n.tsx';
import type { Verdict } from './read/body-view.ts';

const DIGITS = 4;
const SHOWN = 100;

/** What moderations say: what is flagged first, each with its score. */
export function Verdicts(props: { verdicts: readonly Verdict[] }) {
  const i18n = useI18n();
  const score = (value: number) => i18n.format().number(Number(value.toPrecision(DIGITS)));
  return (
    <ul class="verdicts">
      <For each={props.verdicts.slice(0, SHOWN)}>
        {(verdict) => (
          <li>
            <p class={verdict.isFlagged ? 'problem' : ''}>
              <b>{i18n.t(verdict.isFlagged ? 'requests.flagged' : 'requests.notFlagged')}</b>
            </p>
            <dl>
              <For each={verdict.categories}>
                {(category) => (
                  <div class={category.isFlagged ? 'category problem' : 'category'}>
                    <dt>
                      <Show when={category.isFlagged}>
                        <Flag aria-hidden="true" />
                        <span class="visually-hidden">{i18n.t('requests.flagged')}: </span>
                      </Show>
                      {category.name}
                    </dt>
                    <dd>{category.score === null ? i18n.t('common.none') : score(category.score)}</dd>
                  </div>
                )}
              </For>
            </dl>
          </li>
        )}
      </For>
      <Show when={props.verdicts.length > SHOWN}>
        <li class="quiet small">{i18n.t('requests.moreParts', props.verdicts.length - SHOWN)}</li>
      </Show>
    </ul>
  );
}
