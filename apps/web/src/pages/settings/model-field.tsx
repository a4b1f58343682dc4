import { Field } from '../../components/field.tsx';

interface ModelFieldProps {
  id: string;
  label: string;
  value: string;
  onInput: (text: string) => void;
  aside?: string;
  hint?: string;
  problem?: string | null;
}

/** The name of a model to type; it has to be given where nothing is said beside the label. */
export function ModelField(props: ModelFieldProps) {
  return (
    <Field
      wide
      id={props.id}
      label={props.label}
      aside={props.aside}
      hint={props.hint}
      problem={props.problem}
    >
      <input
        id={props.id}
        class="mono"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        maxLength={200}
        aria-required={props.aside === undefined}
        aria-invalid={Boolean(props.problem)}
        aria-describedby={`${props.id}-hint ${props.id}-problem`}
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
    </Field>
  );
}
