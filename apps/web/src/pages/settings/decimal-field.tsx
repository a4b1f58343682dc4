import { Field } from '../../components/field.tsx';

interface DecimalFieldProps {
  id: string;
  label: string;
  value: string;
  onInput: (text: string) => void;
  aside?: string | undefined;
  hint?: string;
  problem?: string | null;
  required?: boolean;
}

/** A number to type, with a point or a comma. */
export function DecimalField(props: DecimalFieldProps) {
  return (
    <Field id={props.id} label={props.label} aside={props.aside} hint={props.hint} problem={props.problem}>
      <input
        id={props.id}
        inputmode="decimal"
        autocomplete="off"
        maxLength={30}
        aria-required={props.required ?? false}
        aria-invalid={Boolean(props.problem)}
        aria-describedby={`${props.id}-hint ${props.id}-problem`}
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
    </Field>
  );
}
