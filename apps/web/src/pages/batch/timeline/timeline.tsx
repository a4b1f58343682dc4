import CircleCheck from 'lucide-solid/icons/circle-check';
import CircleDashed from 'lucide-solid/icons/circle-dashed';
import CircleDot from 'lucide-solid/icons/circle-dot';
import CircleMinus from 'lucide-solid/icons/circle-minus';
import CirclePlay from 'lucide-solid/icons/circle-play';
import CircleX from 'lucide-solid/icons/circle-x';
import { For, Show, createMemo } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { useI18n } from '../../../i18n/i18n.tsx';
import { useApp } from '../../../state/app-state.tsx';
import { hasEnded } from '../job-facts.ts';
import { stagesOf } from './stages-of.ts';
import type { Stage, StageSources } from './stages-of.ts';
import './timeline.css';

const SIGNS = {
  done: CircleCheck,
  current: CirclePlay,
  begun: CircleDot,
  next: CircleDashed,
  skipped: CircleMinus,
  failed: CircleX,
};

/** The stages of a batch with how long each took, the one it is in with the time so far. */
export function Timeline(props: { sources: StageSources }) {
  const i18n = useI18n();
  const app = useApp();
  const stages = createMemo(() => stagesOf(props.sources, app.now()));
  const names = createMemo(() => stages().map(({ name }) => name), undefined, {
    equals: (one, other) => one?.join() === other?.join(),
  });
  const stageOf = (name: Stage['name']) => stages().find((stage) => stage.name === name);
  return (
    <section
      class={hasEnded(props.sources.job) ? 'batch-timeline-over' : ''}
      aria-label={i18n.t('batch.timeline')}
    >
      <ol class="batch-timeline">
        <For each={names()}>
          {(name) => (
            <Show when={stageOf(name)}>
              {(stage) => (
                <li
                  class={`batch-stage batch-stage-${stage().state}`}
                  aria-current={stage().state === 'current' ? 'step' : undefined}
                >
                  <Dynamic component={SIGNS[stage().state]} aria-hidden="true" />
                  <span class="batch-stage-name">
                    {name === 'ended' && stage().state !== 'next'
                      ? i18n.t(`common.statuses.${props.sources.job.state}`)
                      : i18n.t(`batch.stages.${name}`)}
                  </span>
                  <StageTime stage={stage()} />
                </li>
              )}
            </Show>
          )}
        </For>
      </ol>
    </section>
  );
}

/** How long a stage took; of a moment when it was; else the word for where it is. */
function StageTime(props: { stage: Stage }) {
  const i18n = useI18n();
  const word = () => i18n.t(`batch.stageStates.${props.stage.state}`);
  const isMoment = () => props.stage.name === 'handed_in' || props.stage.name === 'ended';
  const text = () => {
    const { seconds, start } = props.stage;
    if (isMoment()) return start === null ? word() : i18n.format().time(start);
    if (seconds === null) return word();
    return seconds < 1 ? i18n.t('batch.instant', i18n.format().duration(1)) : i18n.format().duration(seconds);
  };
  const hasWord = () => text() === word();
  return (
    <span
      class="batch-stage-time"
      title={props.stage.start === null ? undefined : i18n.format().exactDate(props.stage.start)}
    >
      {text()}
      <Show when={!hasWord()}>
        <span class="visually-hidden">, {word()}</span>
      </Show>
    </span>
  );
}
