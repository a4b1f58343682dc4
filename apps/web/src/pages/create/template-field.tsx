import { Field } from '../../components/field.tsx';

interface TemplateFieldProps {
  id: string;
  label: string;
  aside?: string;
  hint: string;
  problem?: string | null;
  rows: number;
  value: string;
  onInput: (value: string) => void;
  onFocus?: (element: HTMLTextAreaElement) => void;
}

/** A text of some lines that says when the cursor comes into it. */
export function TemplateField(props: TemplateFieldProps) {
  return (
    <Field id={props.id} label={props.label} aside={props.aside} hint={props.hint} problem={props.problem}>
      <textarea
        id={props.id}
        class="create-text"
        rows={props.rows}
        aria-describedby={`${props.id}-hint${props.problem ? ` ${props.id}-problem` : ''}`}
        aria-invalid={Boolean(props.problem)}
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
        onFocus={(event) => props.onFocus?.(event.currentTarget)}
      />
    </Field>
  );
}
