import { createContext, untrack, useContext } from 'solid-js';
import type { ParentProps } from 'solid-js';
import type { Form } from './open-form.ts';

const FormContext = createContext<Form>();

/** Gives what is in it the form. */
export function FormProvider(props: ParentProps<{ form: Form }>) {
  return <FormContext.Provider value={untrack(() => props.form)}>{props.children}</FormContext.Provider>;
}

/** The form. */
export function useForm(): Form {
  const form = useContext(FormContext);
  if (!form) throw new Error('useForm is for components inside FormProvider.');
  return form;
}
