import {
  isJsonArray,
  isJsonObject,
  jsonArray,
  jsonObject,
  jsonText,
  type JsonObject,
  type JsonValue,
} from '../../../json/json-value.ts';
import type { WidgetNames } from '../node-kinds/node-kind.ts';
import { alignWidgets, isSeedControl, type ComparisonBudget } from './align-widgets.ts';
import type { WidgetName } from './widget-fit.ts';
import { guessWidgets } from './guess-widgets.ts';
import { partnerWidgets } from './partner-widgets.ts';
import type { WorkflowNode } from './workflow-scope.ts';

export interface NamedWidgets {
  readonly named: ReadonlyMap<string, JsonValue>;
  /** Index of each named value among those stored, where they are a list. */
  readonly places: ReadonlyMap<string, number>;
  /** Some values got no name: which input they belong to is not certain. */
  readonly isUncertain: boolean;
}

const noPlaces: ReadonlyMap<string, number> = new Map();

/** Widget values of a node on the canvas, under the names of the inputs that they fill. */
export function namedWidgets(
  node: WorkflowNode,
  known: WidgetNames | undefined,
  budget: ComparisonBudget,
): NamedWidgets {
  const stored = node.raw['widgets_values'];
  if (isJsonObject(stored)) return { named: membersOf(stored), places: noPlaces, isUncertain: false };
  const values = jsonArray(stored);
  if (values.length === 0) return { named: new Map(), places: noPlaces, isUncertain: false };
  // The names in the file are those of the version that wrote it, if they account for every value.
  const declaredNames = declaredWidgets(node.raw);
  const declared = alignWidgets(declaredNames, values, budget);
  if (declared.isComplete) return { ...declared, isUncertain: false };
  const names = typeof known === 'function' ? known(values) : (known ?? partnerWidgets(node.type));
  if (names !== undefined) {
    const aligned = alignWidgets(
      names.map((name) => ({ name })),
      values,
      budget,
    );
    const kept = values.filter((value) => value !== null && !isSeedControl(value));
    const wanted = names.filter((name) => name !== null);
    const isMissed = aligned.places.size < Math.min(wanted.length, kept.length);
    return { ...aligned, isUncertain: isMissed };
  }
  return fromFile(node, values, declared);
}

/** Names that the file has for some of the values, and what the shape of the node tells of the rest. */
function fromFile(
  node: WorkflowNode,
  values: readonly JsonValue[],
  declared: Pick<NamedWidgets, 'named' | 'places'>,
): NamedWidgets {
  const named = new Map(guessWidgets(node, values));
  for (const [name, value] of declared.named) named.set(name, value);
  return { named, places: declared.places, isUncertain: named.size === 0 };
}

/** Names of the inputs that are widgets, in order, as far as the file tells them. */
export function declaredWidgets(node: JsonObject): readonly WidgetName[] {
  return jsonArray(node['inputs']).flatMap((input) => {
    const slot = jsonObject(input);
    const name = jsonText(jsonObject(slot?.['widget'])?.['name']);
    return name === undefined ? [] : [{ name, type: jsonText(slot?.['type']) }];
  });
}

function membersOf(stored: JsonObject): ReadonlyMap<string, JsonValue> {
  const members = Object.entries(stored).flatMap(([name, value]): readonly [string, JsonValue][] =>
    value === undefined || isJsonArray(value) ? [] : [[name, value]],
  );
  return new Map(members);
}
