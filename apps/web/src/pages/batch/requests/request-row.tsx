import type { RequestView } from '@batchdesk/shared';
import { Show } from 'solid-js';
import { OutcomeLabel } from '../../../components/outcome-label.tsx';
import { useI18n } from '../../../i18n/i18n.tsx';
import { CutName } from './cut-name.tsx';

/** The cells of a request; a place for each while it is on its way. */
export function RequestRow(props: { request: RequestView | undefined }) {
  const i18n = useI18n();
  const format = () => i18n.format();
  const tokens = ({ input_tokens, output_tokens }: RequestView) =>
    input_tokens === null && output_tokens === null
      ? ''
      : `${format().number(input_tokens ?? 0)} → ${format().number(output_tokens ?? 0)}`;
  return (
    <Show when={props.request} fallback={<PlaceOfRow />}>
      {(request) => (
        <>
          <div class="cell-line" role="gridcell">
            {format().number(request().line)}
          </div>
          <div class="cell-id" role="gridcell">
            <CutName name={request().custom_id} />
          </div>
          <div class="cell-outcome" role="gridcell">
            <OutcomeLabel outcome={request().outcome} />
          </div>
          <div class="cell-code cut" role="gridcell" title={request().error_code ?? ''}>
            {request().error_code}
          </div>
          <div class="cell-tokens" role="gridcell">
            {tokens(request())}
          </div>
          <div class="cell-cost" role="gridcell">
            {request().cost === null ? '' : format().money(request().cost ?? 0)}
          </div>
        </>
      )}
    </Show>
  );
}

function PlaceOfRow() {
  return (
    <>
      <div class="cell-line" role="gridcell" />
      <div class="cell-id" role="gridcell">
        <span class="place-of-text" />
      </div>
      <div class="cell-outcome" role="gridcell" />
      <div class="cell-code" role="gridcell" />
      <div class="cell-tokens" role="gridcell" />
      <div class="cell-cost" role="gridcell" />
    </>
  );
}
