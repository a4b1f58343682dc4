import { Match, Switch } from 'solid-js';
import { Conversation } from './conversation.tsx';
import type { BodyView } from './read/body-view.ts';
import { AnswerFailure } from './answer-failure.tsx';
import { Vectors } from './vectors.tsx';
import { Verdicts } from './verdicts.tsx';

type Of<K extends BodyView['kind']> = Extract<BodyView, { kind: K }>;

/** A body as a person reads it. */
export function BodyContent(props: { view: BodyView }) {
  const as = <K extends BodyView['kind']>(kind: K) =>
    props.view.kind === kind ? (props.view as Of<K>) : undefined;
  return (
    <Switch>
      <Match when={as('turns')}>{(view) => <Conversation turns={view().turns} />}</Match>
      <Match when={as('vectors')}>
        {(view) => <Vectors vectors={view().vectors} count={view().count} />}
      </Match>
      <Match when={as('verdicts')}>{(view) => <Verdicts verdicts={view().verdicts} />}</Match>
      <Match when={as('error')}>{(view) => <AnswerFailure error={view().error} />}</Match>
    </Switch>
  );
}
