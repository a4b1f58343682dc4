import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { Field } from '../../components/field.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import type { ProblemField } from './find-problems.ts';
import { useForm } from './form-context.tsx';

/** What a control has to be told so that its label, hint and problem are its own. */
export interface ControlProps {
  id: string;
  'aria-describedby': string;
  'aria-invalid': boolean;
}

interface FormFieldProps {
  field: ProblemField;
  label: string;
  hint?: string;
  aside?: string | undefined;
  wide?: boolean;
  children: (control: ControlProps) => JSX.Element;
}

/** The id of the control of a field. */
export function controlId(field: ProblemField): string {
  return `create-${field}`;
}

/** A field of the form, with what is wrong with it. */
export function FormField(props: FormFieldProps) {
  const i18n = useI18n();
  const form = useForm();
  const id = () => controlId(props.field);
  const problem = () => form.problemOf(props.field);
  const control: ControlProps = {
    get id() {
      return id();
    },
    get 'aria-describedby'() {
      return [props.hint && `${id()}-hint`, problem() && `${id()}-problem`].filter(Boolean).join(' ');
    },
    get 'aria-invalid'() {
      return problem() !== null;
    },
  };
  const problemText = () => {
    const key = problem();
    return key && i18n.t(`create.problems.${key}`);
  };
  return (
    <Field
      id={id()}
      label={props.label}
      hint={props.hint}
      aside={props.aside}
      wide={props.wide ?? false}
      problem={problemText()}
    >
      {props.children(control)}
    </Field>
  );
}

/** Fields of the draft that are one line of text. */
type TextName = 'model' | 'name' | 'fileId' | 'maxTokens' | 'attempts' | 'codes' | 'budget' | 'deadline';

interface TextFieldProps extends Omit<FormFieldProps, 'children'> {
  field: TextName;
  type?: 'text' | 'datetime-local';
  inputMode?: 'numeric' | 'decimal';
  placeholder?: string;
  class?: string;
  suggestions?: readonly string[];
}

/** A field of the draft that is one line of text. */
export function TextField(props: TextFieldProps) {
  const { draft } = useForm();
  const listId = () => `${controlId(props.field)}-list`;
  return (
    <FormField {...props}>
      {(control) => (
        <>
          <input
            {...control}
            type={props.type ?? 'text'}
            inputmode={props.inputMode}
            class={props.class ?? ''}
            placeholder={props.placeholder}
            autocomplete="off"
            spellcheck={false}
            list={props.suggestions ? listId() : undefined}
            value={draft.fields[props.field]}
            onInput={(event) => draft.set({ [props.field]: event.currentTarget.value })}
          />
          <Show when={props.suggestions}>
            {(suggestions) => (
              <datalist id={listId()}>
                <For each={suggestions()}>{(suggestion) => <option value={suggestion} />}</For>
              </datalist>
            )}
          </Show>
        </>
      )}
    </FormField>
  );
}
