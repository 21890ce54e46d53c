import { jsonNumber } from '../../../json/json-value.ts';
import type { SamplerSettings } from '../../../image-metadata.ts';
import type { GraphNode } from '../graph/graph.ts';
import {
  propagatedOrigins,
  kindOf,
  originOf,
  spend,
  type GraphWalk,
  type Origin,
} from '../graph/graph-walk.ts';
import type { Ports, SigmasKind } from '../node-kinds/node-kind.ts';
import { numberAt, textAt } from '../graph/read-input.ts';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

export interface Schedule extends Pick<SamplerSettings, 'steps' | 'scheduler' | 'denoise'> {
  readonly startStep?: number;
  readonly endStep?: number;
}

/** Reads the schedule that arrives at a port, through nodes that cut or change it. */
export function traceSigmas(walk: GraphWalk, node: GraphNode, ports: Ports | undefined): Schedule {
  const schedule: Mutable<Schedule> = {};
  let origin = originOf(walk, node, ports);
  while (origin !== undefined && spend(walk)) {
    const { sigmas, splits } = kindOf(walk, origin.node);
    if (sigmas !== undefined) return { ...schedule, ...readSchedule(walk, origin, sigmas) };
    if (splits !== undefined && 'at' in splits) {
      const step = jsonNumber(walk.readerOf(origin.node)(splits.at));
      if (step !== undefined) schedule[origin.slot === 0 ? 'endStep' : 'startStep'] = step;
    }
    [origin] = propagatedOrigins(walk, origin, 'sigmas');
  }
  return schedule;
}

function readSchedule(walk: GraphWalk, { node }: Origin, kind: SigmasKind): Schedule {
  const steps = numberAt(walk, node, kind.steps);
  const denoise = numberAt(walk, node, kind.denoise);
  const scheduler = schedulerName(walk, node, kind.scheduler);
  return {
    ...(steps !== undefined && { steps }),
    ...(denoise !== undefined && { denoise }),
    ...(scheduler !== undefined && { scheduler }),
  };
}

function schedulerName(walk: GraphWalk, node: GraphNode, kind: SigmasKind['scheduler']): string | undefined {
  if (kind === undefined) return undefined;
  if (typeof kind === 'object' && 'name' in kind) return kind.name;
  return textAt(walk, node, kind);
}
