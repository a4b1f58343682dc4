import type { JobSearchMatch } from '@batchdesk/shared';
import { OutcomeLabel } from '../../../components/outcome-label.tsx';
import { useI18n } from '../../../i18n/i18n.tsx';
import { CutName } from './cut-name.tsx';
import { cutMatch } from './cut-text.ts';

/** The cells of a request in which a text was found, with the text marked. */
export function MatchRow(props: { match: JobSearchMatch }) {
  const i18n = useI18n();
  const pieces = () => cutMatch(props.match.snippet, props.match.match);
  return (
    <>
      <div class="cell-line" role="gridcell">
        {i18n.format().number(props.match.line)}
      </div>
      <div class="cell-match" role="gridcell">
        <CutName name={props.match.custom_id} />
        <div class="snippet cut" dir="auto">
          <span class="quiet small">{i18n.t(`requests.parts.${props.match.where}`)}: </span>
          {pieces()[0]}
          <mark>{pieces()[1]}</mark>
          {pieces()[2]}
        </div>
      </div>
      <div class="cell-outcome" role="gridcell">
        <OutcomeLabel outcome={props.match.outcome} />
      </div>
    </>
  );
}
