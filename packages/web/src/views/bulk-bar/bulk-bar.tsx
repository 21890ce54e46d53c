import { createSignal, Show, Suspense, type JSX } from 'solid-js';

import { compareHref } from '../../address/hrefs.ts';
import { Button, IconButton } from '../../design/button.tsx';
import { Menu } from '../../design/menu.tsx';
import { showToast } from '../../design/toast.tsx';
import { number } from '../../i18n/format.ts';
import { t } from '../../i18n/translate.ts';
import { useBulkOperations } from '../../library/bulk/bulk-operations.ts';
import { describeError } from '../../library/connection/describe-error.ts';
import { selection } from '../../library/lists/selection.ts';
import { activeList } from '../../library/lists/active-list.ts';
import styles from './bulk-bar.module.css';
import type { BulkDialogKind } from './bulk-dialogs.tsx';
import { lazyComponent } from '../../library/connection/lazy-component.ts';

const BulkDialogs = lazyComponent(async () => (await import('./bulk-dialogs.tsx')).BulkDialogs);
const BulkProgressCard = lazyComponent(
  async () => (await import('./bulk-progress-card.tsx')).BulkProgressCard,
);

/** The operations on selected images, below the grid while images are selected. */
export function BulkBar(): JSX.Element {
  const bulk = useBulkOperations();
  const [dialog, setDialog] = createSignal<BulkDialogKind>();
  const isBusy = () => bulk.progress()?.isOver === false;
  const compare = async () => {
    try {
      const [left, right] = await selection.files();
      if (left === undefined || right === undefined) return;
      const link = document.createElement('a');
      link.href = compareHref(left.fullpath, right.fullpath);
      document.body.append(link);
      link.click();
      link.remove();
    } catch (error) {
      showToast({ look: 'danger', text: describeError(error) });
    }
  };
  return (
    <section class={styles['region']} aria-label={t('bulk.label')}>
      <Show when={bulk.progress()}>
        {(progress) => (
          <Suspense>
            <BulkProgressCard
              progress={progress()}
              onCancel={bulk.cancel}
              onDismiss={bulk.dismiss}
              onRestore={bulk.restore}
            />
          </Suspense>
        )}
      </Show>
      <Show when={!selection.isEmpty() && activeList() !== undefined}>
        <div
          class={styles['bar']}
          role="toolbar"
          aria-label={t('bulk.label')}
          onKeyDown={(event) => event.key === 'Escape' && !event.defaultPrevented && selection.clear()}
        >
          <IconButton icon="close" label={t('bulk.clear')} onClick={() => selection.clear()} />
          <span class={styles['count']} role="status">
            {t('bulk.selected', { count: selection.count() })}
          </span>
          <Button icon="tag" disabled={isBusy()} onClick={() => setDialog('tag')}>
            {t('bulk.tag')}
          </Button>
          <Button icon="star" disabled={isBusy()} onClick={() => setDialog('rate')}>
            {t('bulk.rate')}
          </Button>
          <Button icon="move" disabled={isBusy()} onClick={() => setDialog('move')}>
            {t('bulk.move')}
          </Button>
          <Button icon="trash" disabled={isBusy()} onClick={() => setDialog('trash')}>
            {t('bulk.trash')}
          </Button>
          <Menu
            label={t('image.actions')}
            icon="more"
            isIconOnly
            items={[
              {
                label: t('bulk.untag'),
                icon: 'tag',
                isDisabled: isBusy(),
                onChoose: () => setDialog('untag'),
              },
              {
                label: t('bulk.copy'),
                icon: 'copy',
                isDisabled: isBusy(),
                onChoose: () => setDialog('copy'),
              },
              {
                label: t('bulk.rename'),
                icon: 'edit',
                isDisabled: isBusy(),
                onChoose: () => setDialog('rename'),
              },
              {
                label: t('bulk.zip'),
                icon: 'zip',
                isDisabled: isBusy(),
                onChoose: () => bulk.start({ kind: 'zip' }),
              },
              {
                label: t('image.compare'),
                icon: 'images',
                hint: selection.count() === 2 ? '' : t('bulk.compareTwo', { two: number(2) }),
                isDisabled: selection.count() !== 2,
                onChoose: () => void compare(),
              },
            ]}
          />
        </div>
      </Show>
      <Show when={dialog()}>
        {(kind) => (
          <Suspense>
            <BulkDialogs
              kind={kind()}
              onClose={() => setDialog(undefined)}
              onStart={(operation) => {
                setDialog(undefined);
                bulk.start(operation);
              }}
            />
          </Suspense>
        )}
      </Show>
    </section>
  );
}
