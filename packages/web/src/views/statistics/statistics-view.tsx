import { A, useNavigate } from '@solidjs/router';
import type { OutputOf, api } from '@iib-kit/contract';
import { For, Show, type JSX } from 'solid-js';

import { useAddressParameter } from '../../address/address-parameter.ts';
import { BarList, type Bar } from '../../design/charts/bar-list.tsx';
import { TimeChart } from '../../design/charts/time-chart.tsx';
import { Progress } from '../../design/progress.tsx';
import { EmptyState, ErrorState } from '../../design/state.tsx';
import { day, fileSize, month, number } from '../../i18n/format.ts';
import { t, type LabelKey } from '../../i18n/translate.ts';
import { searchPath } from '../../address/search-path.ts';
import { folderTerm, exactTerm, type NameField } from '../../query/print-term.ts';
import { useStatistics } from '../../library/info/statistics.ts';
import { startOf } from './start-of.ts';
import { describeError } from '../../library/connection/describe-error.ts';
import styles from './statistics-view.module.css';

type Statistics = OutputOf<typeof api.search.statistics>;
type Count = Statistics['models'][number];

/** Statistics of the library, each linked to the images that it counts. */
export function StatisticsView(): JSX.Element {
  const statistics = useStatistics();
  return (
    <section class={styles['view']} aria-label={t('view.statistics')}>
      <Show when={statistics.isPending}>
        <Progress label={t('common.loading')} />
      </Show>
      <Show when={statistics.isError && statistics.error}>
        {(error) => <ErrorState message={describeError(error())} onRetry={() => void statistics.refetch()} />}
      </Show>
      <Show when={statistics.isSuccess && statistics.data}>
        {(known) => (
          <Show
            when={known().image_count > 0}
            fallback={
              <EmptyState icon="statistics" title={t('statistics.empty')} hint={t('statistics.emptyHint')} />
            }
          >
            <Figures known={known()} />
            <OverTime known={known()} />
            <div class={styles['cards']}>
              <NamesCard title="statistics.models" field="model" counts={known().models} />
              <NamesCard title="statistics.loras" field="lora" counts={known().loras} />
              <NamesCard title="statistics.samplers" field="sampler" counts={known().samplers} />
              <NamesCard title="statistics.sources" field="source" counts={known().sources} />
              <NamesCard
                title="statistics.tags"
                field="tag"
                counts={known().custom_tags.filter(({ count }) => count > 0)}
              />
              <Card title="statistics.mediaTypes" bars={known().media_types.map(mediaTypeBar)} />
              <Card title="statistics.folders" bars={known().folders.map(folderBar)} />
            </div>
          </Show>
        )}
      </Show>
    </section>
  );
}

function Figures(props: { known: Statistics }): JSX.Element {
  const first = () => props.known.days[0];
  const busiest = () =>
    props.known.days.reduce((most, next) => (next.count > most.count ? next : most), { name: '', count: 0 });
  return (
    <dl class={styles['figures']}>
      <Figure term="statistics.images" value={number(props.known.image_count)} />
      <Figure term="statistics.onDisk" value={fileSize(props.known.bytes)} />
      <Figure term="statistics.days" value={number(props.known.days.length)} />
      <Show when={first()}>
        {(from) => (
          <Figure term="statistics.since" value={day(from().name)} href={dateAddress(from().name)} />
        )}
      </Show>
      <Figure
        term="statistics.busiest"
        value={t('statistics.countOnDay', { count: busiest().count, day: day(busiest().name) })}
        href={dateAddress(busiest().name)}
      />
    </dl>
  );
}

function Figure(props: { term: LabelKey; value: string; href?: string }): JSX.Element {
  return (
    <div>
      <dt>{t(props.term)}</dt>
      <dd>
        <Show when={props.href} fallback={props.value}>
          {(href) => <A href={href()}>{props.value}</A>}
        </Show>
      </dd>
    </div>
  );
}

const spans = ['months', 'days'] as const;

function OverTime(props: { known: Statistics }): JSX.Element {
  const navigate = useNavigate();
  const [by, setBy] = useAddressParameter('by', 'months');
  const counts = () => (by() === 'days' ? props.known.days : props.known.months);
  const describe = ({ name, count }: Count) =>
    t('statistics.countOnDay', { count, day: name.length === 7 ? month(name) : day(name) });
  return (
    <section class={styles['card']} aria-labelledby="over-time">
      <header class={styles['header']}>
        <h2 id="over-time">{t('statistics.overTime')}</h2>
        <fieldset class={styles['choice']}>
          <legend class="visually-hidden">{t('statistics.by')}</legend>
          <For each={spans}>
            {(span) => (
              <label>
                <input type="radio" name="by" checked={by() === span} onChange={() => setBy(span)} />
                {t(`statistics.by.${span}`)}
              </label>
            )}
          </For>
        </fieldset>
      </header>
      <TimeChart
        label={t('statistics.overTime')}
        points={counts().map(({ name, count }) => ({ time: startOf(name), value: count }))}
        height={240}
        describe={(index) => describeAt(counts(), index, describe)}
        onChoose={(index) => {
          const chosen = counts()[index];
          if (chosen !== undefined) navigate(dateAddress(chosen.name));
        }}
      />
      <details class={styles['details']}>
        <summary>{t('statistics.asList')}</summary>
        <ol class={styles['dates']}>
          <For each={counts().toReversed()}>
            {(count) => (
              <li>
                <A href={dateAddress(count.name)}>{describe(count)}</A>
              </li>
            )}
          </For>
        </ol>
      </details>
    </section>
  );
}

function describeAt(counts: readonly Count[], index: number, describe: (count: Count) => string): string {
  const count = counts[index];
  return count === undefined ? '' : describe(count);
}

function NamesCard(props: { title: LabelKey; field: NameField; counts: readonly Count[] }): JSX.Element {
  const bars = () =>
    props.counts.map(({ name, count }) => ({
      label: name,
      value: count,
      text: number(count),
      href: searchPath(exactTerm(props.field, name)),
    }));
  return <Card title={props.title} bars={bars()} />;
}

function Card(props: { title: LabelKey; bars: readonly Bar[] }): JSX.Element {
  return (
    <Show when={props.bars.length > 0}>
      <section class={styles['card']} aria-label={t(props.title)}>
        <h2>{t(props.title)}</h2>
        <BarList bars={props.bars} />
      </section>
    </Show>
  );
}

function folderBar({ name, bytes }: Statistics['folders'][number]): Bar {
  return { label: name, value: bytes, text: fileSize(bytes), href: searchPath(folderTerm(name)) };
}

function mediaTypeBar({ name, count, bytes }: Statistics['media_types'][number]): Bar {
  const key = name === 'video' || name === 'audio' ? name : 'image';
  return {
    label: t(`statistics.mediaType.${key}`, { count }),
    value: bytes,
    text: fileSize(bytes),
    href: searchPath(`type:${key}`),
  };
}

/** The images of a day `YYYY-MM-DD` or a month `YYYY-MM`. */
function dateAddress(name: string): string {
  return searchPath(`date:${name}`);
}
