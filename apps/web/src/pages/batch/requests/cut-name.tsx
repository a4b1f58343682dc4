import { cutName } from './cut-text.ts';

/** A `custom_id`, cut in its middle where there is no room for it: names of a batch often differ at their end. */
export function CutName(props: { name: string }) {
  const parts = () => cutName(props.name);
  return (
    <span class="cut-name" title={props.name}>
      <bdi class="cut">{parts()[0]}</bdi>
      <bdi>{parts()[1]}</bdi>
    </span>
  );
}
