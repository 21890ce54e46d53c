import { A } from '@solidjs/router';
import type { JSX } from 'solid-js';

import { EmptyState } from '../design/state.tsx';
import { t } from '../i18n/translate.ts';

export function NotFound(): JSX.Element {
  return (
    <EmptyState icon="info" title={t('app.notFound')} hint={t('app.notFoundHint')}>
      <A href="/">{t('app.toImages')}</A>
    </EmptyState>
  );
}
