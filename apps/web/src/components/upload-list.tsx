import { A, useLocation } from '@solidjs/router';
import X from 'lucide-solid/icons/x';
import { For, Match, Show, Switch } from 'solid-js';
import { IconButton } from './icon-button.tsx';
import type { Upload } from '../create/create-uploads.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { paths } from '../routes.ts';
import { useApp } from '../state/app-state.tsx';
import './upload-list.css';

/** The inputs that are on their way to the server, on every page; what failed is said by the form where that is shown. */
export function UploadList() {
  const i18n = useI18n();
  const app = useApp();
  const location = useLocation();
  const shown = () => {
    const isForm = location.pathname === paths.create();
    return app.uploads.list.filter(({ status }) => !(isForm && status === 'failed'));
  };
  return (
    <Show when={shown().length > 0}>
      <section aria-label={i18n.t('shell.uploads')}>
        <ul class="uploads">
          <For each={shown()}>{(upload) => <OneUpload upload={upload} />}</For>
        </ul>
      </section>
    </Show>
  );
}

function OneUpload(props: { upload: Upload }) {
  const i18n = useI18n();
  const app = useApp();
  const name = () => props.upload.name;
  const share = () => {
    const { progress } = props.upload;
    return progress && progress.totalBytes > 0 ? progress.bytes / progress.totalBytes : 0;
  };
  const details = () => {
    const { progress, bytes } = props.upload;
    const { format } = i18n;
    if (!progress) return format().bytes(bytes);
    const done = i18n.t('shell.bytesOf', format().bytes(progress.bytes), format().bytes(progress.totalBytes));
    const { bytesPerSecond, secondsLeft } = progress;
    if (bytesPerSecond === null || secondsLeft === null) return done;
    return `${done} · ${i18n.t('shell.perSecond', format().bytes(bytesPerSecond))} · ${i18n.t('shell.timeLeft', format().duration(secondsLeft))}`;
  };
  return (
    <li class="upload">
      <div class="upload-head">
        <span class="cut">
          <Switch>
            <Match when={props.upload.status === 'sending'}>{i18n.t('shell.uploading', name())}</Match>
            <Match when={props.upload.status === 'done'}>{i18n.t('shell.uploaded', name())}</Match>
            <Match when={props.upload.status === 'failed'}>{i18n.t('shell.uploadFailed', name())}</Match>
            <Match when={props.upload.status === 'cancelled'}>
              {i18n.t('shell.uploadCancelled', name())}
            </Match>
          </Switch>
        </span>
        <Switch>
          <Match when={props.upload.status === 'sending'}>
            <button type="button" class="link-button" onClick={() => app.uploads.cancel(props.upload.id)}>
              {i18n.t('common.cancel')}
            </button>
          </Match>
          <Match when={props.upload.job}>
            {(job) => <A href={paths.batch(job().id)}>{i18n.t('shell.openBatch')}</A>}
          </Match>
          <Match when={true}>
            <button type="button" class="link-button" onClick={() => app.uploads.retry(props.upload.id)}>
              {i18n.t('common.retry')}
            </button>
          </Match>
        </Switch>
        <Show when={props.upload.status !== 'sending'}>
          <IconButton label={i18n.t('common.close')} onClick={() => app.uploads.dismiss(props.upload.id)}>
            <X aria-hidden="true" />
          </IconButton>
        </Show>
      </div>
      <Show when={props.upload.status === 'sending'}>
        <progress value={share()} max="1" aria-label={i18n.t('shell.uploading', name())} />
        <span class="quiet small">{details()}</span>
      </Show>
      <Show when={props.upload.failure}>
        {(failure) => (
          <p class="problem small" role="alert">
            {i18n.failure(failure())}
          </p>
        )}
      </Show>
    </li>
  );
}
