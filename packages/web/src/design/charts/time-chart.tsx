import { createEffect, on, onCleanup, onMount, type JSX } from 'solid-js';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

import { language } from '../../i18n/language.ts';
import { theme } from '../../preferences/theme.ts';
import styles from './time-chart.module.css';

export interface TimePoint {
  /** Unix seconds. */
  readonly time: number;
  readonly value: number;
}

export interface TimeChartProps {
  readonly label: string;
  /** In ascending order. */
  readonly points: readonly TimePoint[];
  readonly height: number;
  /** The tooltip of a point. */
  readonly describe: (index: number) => string;
  readonly onChoose: (index: number) => void;
}

const DAY = 86_400;
// The values that uPlot itself uses, so that it aligns ticks with the starts of months and years.
const MONTH = 30 * DAY;
const YEAR = 365 * DAY;
const increments = [
  ...[1, 2, 3, 7].map((days) => days * DAY),
  ...[1, 2, 3, 6].map((months) => months * MONTH),
  ...[1, 2, 5, 10, 50, 100].map((years) => years * YEAR),
];
const bars = uPlot.paths.bars?.({ size: [0.85, 48], align: 0 });

/**
 * A bar chart over time. Dragging zooms in, a double click zooms out. A canvas is inaccessible, so show the same data in
 * a list beside it.
 */
export function TimeChart(props: TimeChartProps): JSX.Element {
  let box: HTMLDivElement | undefined;
  let caption: HTMLParagraphElement | undefined;
  let colors: HTMLSpanElement | undefined;
  let chart: uPlot | undefined;

  const draw = () => {
    chart?.destroy();
    if (box === undefined || colors === undefined) return;
    const { color, borderColor, backgroundColor } = getComputedStyle(colors);
    const format = new Intl.NumberFormat(language());
    const axis: uPlot.Axis = {
      stroke: color,
      grid: { stroke: borderColor, width: 1 },
      ticks: { show: false },
      font: `12px ${getComputedStyle(box).fontFamily}`,
    };
    const data: uPlot.AlignedData = [
      props.points.map(({ time }) => time),
      props.points.map(({ value }) => value),
    ];
    chart = new uPlot(
      {
        width: box.clientWidth,
        height: props.height,
        legend: { show: false },
        cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: true } },
        scales: {
          x: { range: (_self, from, to) => paddedRange(props.points, from, to) },
          y: { range: [0, null] },
        },
        axes: [
          {
            ...axis,
            grid: { show: false },
            space: 80,
            incrs: increments,
            values: (_self, times, _axis, _space, increment) =>
              times.map((time) => dateLabel(time, increment)),
          },
          {
            ...axis,
            size: 64,
            values: (_self, values) =>
              values.map((value) => (Number.isInteger(value) ? format.format(value) : '')),
          },
        ],
        series: [
          {},
          {
            fill: backgroundColor,
            ...(bars === undefined ? {} : { paths: bars }),
            points: { show: false },
          },
        ],
        hooks: {
          setCursor: [
            ({ cursor }) => {
              if (caption !== undefined)
                caption.textContent = typeof cursor.idx === 'number' ? props.describe(cursor.idx) : '';
            },
          ],
        },
      },
      data,
      box,
    );
  };

  onMount(() => {
    if (box === undefined) return;
    const resized = new ResizeObserver(([entry]) => {
      if (entry !== undefined) chart?.setSize({ width: entry.contentRect.width, height: props.height });
    });
    resized.observe(box);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', draw);
    // The colors of the new theme are available from the next frame on.
    createEffect(
      on([() => props.points, () => props.height, theme, language], () => requestAnimationFrame(draw)),
    );
    onCleanup(() => {
      resized.disconnect();
      scheme.removeEventListener('change', draw);
      chart?.destroy();
      chart = undefined;
    });
  });

  return (
    <figure class={styles['figure']}>
      <span ref={colors} class={styles['colors']} />
      <div
        ref={box}
        class={styles['box']}
        role="img"
        aria-label={props.label}
        onClick={() => {
          const index = chart?.cursor.idx;
          // Dragging also ends with a click.
          if (typeof index === 'number' && (chart?.select.width ?? 0) === 0) props.onChoose(index);
        }}
      />
      <p ref={caption} class={styles['caption']} />
    </figure>
  );
}

/** Formats a tick with the precision of the axis. */
function dateLabel(time: number, increment: number): string {
  const exactly: Intl.DateTimeFormatOptions =
    increment >= YEAR
      ? { year: 'numeric' }
      : increment >= MONTH
        ? { month: 'short', year: 'numeric' }
        : { day: 'numeric', month: 'short' };
  return new Intl.DateTimeFormat(language(), exactly).format(time * 1000);
}

/** Extends the range by half a bar at each end, so that the outermost bars are not cut off. */
function paddedRange(points: readonly TimePoint[], from: number, to: number): [number, number] {
  const gaps = points.slice(1).map(({ time }, index) => time - (points[index]?.time ?? time));
  const half = Math.max(3600, Math.min(...gaps, 30 * 86_400) / 2);
  return [from - half, to + half];
}
