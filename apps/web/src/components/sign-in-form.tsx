import { Show, createSignal, onMount } from 'solid-js';
import { isUnauthorized } from '../api/failure.ts';
import { signIn } from '../api/sign-in.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { Field } from './field.tsx';
import { WithCode } from './with-code.tsx';

/** Asks for the API token. */
export function SignInForm(props: { onSignedIn: () => void }) {
  const i18n = useI18n();
  const [token, setToken] = createSignal('');
  const [problem, setProblem] = createSignal<string | null>(null);
  const [isSending, setIsSending] = createSignal(false);
  let input: HTMLInputElement | undefined;
  onMount(() => input?.focus());

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (isSending()) return;
    setProblem(token() === '' ? i18n.t('shell.noToken') : null);
    if (token() === '') return input?.focus();
    setIsSending(true);
    const failure = await signIn(token());
    setIsSending(false);
    if (!failure) return props.onSignedIn();
    setProblem(isUnauthorized(failure) ? i18n.t('shell.wrongToken') : i18n.failure(failure));
    input?.focus();
  }

  return (
    <section class="panel sign-in" aria-labelledby="sign-in-title">
      <h1 id="sign-in-title">{i18n.t('shell.signIn')}</h1>
      <p class="quiet">
        <WithCode text={i18n.t('shell.signInHint')} />
      </p>
      <form class="stack" noValidate onSubmit={(event) => void submit(event)}>
        <Field id="token" label={i18n.t('shell.apiToken')}>
          <input
            ref={(element) => (input = element)}
            id="token"
            type="password"
            autocomplete="current-password"
            maxLength={1000}
            aria-required="true"
            aria-invalid={problem() !== null}
            aria-describedby="token-alert"
            value={token()}
            onInput={(event) => setToken(event.currentTarget.value)}
          />
        </Field>
        <div id="token-alert" role="alert">
          <Show when={problem()}>{(text) => <p class="problem">{text()}</p>}</Show>
        </div>
        <button type="submit" class="primary" aria-disabled={isSending()}>
          {isSending() ? i18n.t('shell.signingIn') : i18n.t('shell.signIn')}
        </button>
      </form>
    </section>
  );
}
