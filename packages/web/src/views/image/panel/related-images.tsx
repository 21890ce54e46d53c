import { Key } from '@solid-primitives/keyed';
import { Show, type JSX } from 'solid-js';

import { compareHref } from '../../../address/hrefs.ts';
import { useImageAddress } from '../../../address/image-address.ts';
import { Button } from '../../../design/button.tsx';
import { Progress } from '../../../design/progress.tsx';
import { showToast } from '../../../design/toast.tsx';
import { t } from '../../../i18n/translate.ts';
import { describeError } from '../../../library/connection/describe-error.ts';

import type { FileSummary } from '../../../library/files/file-summary.ts';
import {
  useComputeHashes,
  useMoreLikeThis,
  useNearDuplicates,
} from '../../../library/files/similar-images.ts';
import { Thumbnail } from '../../../components/thumbnail.tsx';
import styles from './related-images.module.css';

/** Replaces the history entry of the current image, so that going back leads to the view beneath. */
const replacing = { replace: true };

/** Images with a similar prompt. */
export function MoreLikeThis(props: { path: string }): JSX.Element {
  const found = useMoreLikeThis(
    () => props.path,
    () => true,
  );
  return (
    <Related
      path={props.path}
      isPending={found.isPending}
      error={found.isError ? found.error : undefined}
      files={found.isSuccess ? found.data : []}
      none={t('image.noneAlike')}
      onRetry={() => void found.refetch()}
    />
  );
}

/** Near duplicates of an image. */
export function NearDuplicates(props: { path: string }): JSX.Element {
  const found = useNearDuplicates(
    () => props.path,
    () => true,
  );
  const hash = useComputeHashes();
  return (
    <>
      <Related
        path={props.path}
        isPending={found.isPending}
        error={found.isError ? found.error : undefined}
        files={found.isSuccess ? found.data : []}
        none={t('image.noDuplicates')}
        onRetry={() => void found.refetch()}
      />
      <p class={styles['hint']}>{t('image.hashHint')}</p>
      <Button
        onClick={() =>
          hash.mutate(undefined, {
            onSuccess: () => showToast({ text: t('image.hashStarted') }),
            onError: (error) => showToast({ look: 'danger', text: describeError(error) }),
          })
        }
      >
        {t('image.hashAll')}
      </Button>
    </>
  );
}

interface RelatedProps {
  readonly path: string;
  readonly isPending: boolean;
  readonly error: unknown;
  readonly files: readonly FileSummary[];
  readonly none: string;
  readonly onRetry: () => void;
}

function Related(props: RelatedProps): JSX.Element {
  const image = useImageAddress();
  const others = () => props.files.filter(({ fullpath }) => fullpath !== props.path);
  return (
    <>
      <Show when={props.isPending}>
        <Progress label={t('common.loading')} />
      </Show>
      <Show when={props.error !== undefined}>
        <p class={styles['problem']} role="alert">
          {describeError(props.error)} <Button onClick={() => props.onRetry()}>{t('common.retry')}</Button>
        </p>
      </Show>
      <Show when={!props.isPending && props.error === undefined && others().length === 0}>
        <p class={styles['hint']}>{props.none}</p>
      </Show>
      <ul class={styles['files']}>
        <Key each={others()} by="fullpath">
          {(file) => (
            <li>
              <a href={image.hrefOf(file().fullpath)} {...replacing}>
                <Thumbnail file={file()} />
              </a>
              <a class={styles['compare']} href={compareHref(props.path, file().fullpath)}>
                {t('image.compare')}
              </a>
            </li>
          )}
        </Key>
      </ul>
    </>
  );
}
