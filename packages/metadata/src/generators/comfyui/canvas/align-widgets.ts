import type { JsonValue } from '../../../json/json-value.ts';
import { fitsInput, type WidgetName } from './widget-fit.ts';

/** Values of a node under names of its inputs. */
export interface Alignment {
  readonly named: ReadonlyMap<string, JsonValue>;
  /** Index of each named value in `widgets_values`. */
  readonly places: ReadonlyMap<string, number>;
  /** Every value has its name, and each is one that its input may have. */
  readonly isComplete: boolean;
}

const controls: ReadonlySet<JsonValue | undefined> = new Set([
  'fixed',
  'increment',
  'decrement',
  'randomize',
]);

/** Names times values that may still be compared, in one file, where names do not account for all values. */
export interface ComparisonBudget {
  left: number;
}

/** Enough for a thousand nodes; those of real files that need it are few. */
export function createComparisonBudget(): ComparisonBudget {
  return { left: 200_000 };
}

/** What the canvas stores behind a number, to say how it changes after each run. */
export function isSeedControl(value: JsonValue | undefined): boolean {
  return controls.has(value);
}

/**
 * Puts names to widget values. Where they are as many, but for controls behind seeds, they go one by
 * one; otherwise a name is given only to a value that no other arrangement of equal cost would move.
 */
export function alignWidgets(
  names: readonly WidgetName[],
  values: readonly JsonValue[],
  budget: ComparisonBudget,
): Alignment {
  const inOrder = oneByOne(names, values);
  if (inOrder.isComplete) return inOrder;
  if (names.length === 0) return { ...nothing, isComplete: false };
  budget.left -= names.length * values.length;
  if (budget.left < 0) return { ...nothing, isComplete: false };
  return certainPlaces(names, values);
}

const nothing: Alignment = { named: new Map(), places: new Map(), isComplete: true };

function oneByOne(names: readonly WidgetName[], values: readonly JsonValue[]): Alignment {
  const named = new Map<string, JsonValue>();
  const places = new Map<string, number>();
  let at = 0;
  let fits = true;
  for (const widget of names) {
    const value = values[at];
    if (value === undefined) break;
    fits &&= fitsInput(widget, value);
    if (widget.name !== null) {
      named.set(widget.name, value);
      places.set(widget.name, at);
    }
    at += 1;
    if (widget.name !== null && isControlBehind(widget.name, value, values[at])) at += 1;
  }
  return { named, places, isComplete: fits && at === values.length };
}

/** In early 2023 the control was a checkbox; packs with a button of their own store null. */
function isControlBehind(name: string, value: JsonValue, next: JsonValue | undefined): boolean {
  const isNumber = typeof value === 'number' || typeof value === 'bigint';
  if (isNumber && isSeedControl(next)) return true;
  return /seed/i.test(name) && (typeof next === 'boolean' || next === null);
}

const costs = { control: 0, trailing: 0.5, empty: 1, missing: 3, foreign: 1000 } as const;

function certainPlaces(names: readonly WidgetName[], values: readonly JsonValue[]): Alignment {
  const ahead = costsAhead(names, values);
  const behind = costsBehind(names, values);
  const best = ahead[names.length]?.[values.length] ?? Infinity;
  const named = new Map<string, JsonValue>();
  const places = new Map<string, number>();
  // A value among the others that has no name may as well be one that has: nothing is certain then.
  if (best >= costs.foreign) return { ...nothing, isComplete: false };
  names.forEach((widget, index) => {
    const candidates = values.flatMap((value, place) => {
      if (!fitsInput(widget, value)) return [];
      const before = ahead[index]?.[place] ?? Infinity;
      const after = behind[index + 1]?.[place + 1] ?? Infinity;
      return before + matchCost(value) + after === best ? [place] : [];
    });
    const [place] = candidates;
    const value = place === undefined ? undefined : values[place];
    if (widget.name === null || candidates.length !== 1 || place === undefined || value === undefined) return;
    named.set(widget.name, value);
    places.set(widget.name, place);
  });
  return { named, places, isComplete: false };
}

/** Least cost of arranging the first names over the first values. */
function costsAhead(names: readonly WidgetName[], values: readonly JsonValue[]): readonly number[][] {
  const table = emptyTable(names.length, values.length);
  set(table, 0, 0, 0);
  for (let index = 0; index <= names.length; index += 1) {
    for (let place = 0; place <= values.length; place += 1) {
      const cost = at(table, index, place);
      if (cost === Infinity) continue;
      lower(table, index, place + 1, cost + skipCost(index, names, place, values));
      if (place === values.length) lower(table, index + 1, place, cost + costs.missing);
      const [widget, value] = [names[index], values[place]];
      if (widget === undefined || value === undefined || !fitsInput(widget, value)) continue;
      lower(table, index + 1, place + 1, cost + matchCost(value));
    }
  }
  return table;
}

/** Least cost of arranging the names from one on over the values from one on. */
function costsBehind(names: readonly WidgetName[], values: readonly JsonValue[]): readonly number[][] {
  const table = emptyTable(names.length, values.length);
  set(table, names.length, values.length, 0);
  for (let index = names.length; index >= 0; index -= 1) {
    for (let place = values.length; place >= 0; place -= 1) {
      const skipped = at(table, index, place + 1) + skipCost(index, names, place, values);
      lower(table, index, place, skipped);
      if (place === values.length) lower(table, index, place, at(table, index + 1, place) + costs.missing);
      const [widget, value] = [names[index], values[place]];
      if (widget === undefined || value === undefined || !fitsInput(widget, value)) continue;
      lower(table, index, place, at(table, index + 1, place + 1) + matchCost(value));
    }
  }
  return table;
}

function matchCost(value: JsonValue): number {
  return value === null ? costs.empty : 0;
}

function skipCost(
  index: number,
  names: readonly WidgetName[],
  place: number,
  values: readonly JsonValue[],
): number {
  const [value, before] = [values[place], values[place - 1]];
  const isBehindNumber = typeof before === 'number' || typeof before === 'bigint';
  if (isBehindNumber && isSeedControl(value)) return costs.control;
  if (value === null || (isBehindNumber && typeof value === 'boolean')) return costs.empty;
  return index === names.length ? costs.trailing : costs.foreign;
}

function emptyTable(names: number, values: number): number[][] {
  return Array.from({ length: names + 2 }, () => Array.from({ length: values + 2 }, () => Infinity));
}

function at(table: readonly number[][], index: number, place: number): number {
  return table[index]?.[place] ?? Infinity;
}

function set(table: readonly number[][], index: number, place: number, cost: number): void {
  const row = table[index];
  if (row !== undefined) row[place] = cost;
}

function lower(table: readonly number[][], index: number, place: number, cost: number): void {
  if (cost < at(table, index, place)) set(table, index, place, cost);
}
