import { jsonText } from '../../../json/json-value.ts';
import { maximumHops } from '../graph/graph-limits.ts';
import {
  propagatedOrigins,
  kindOf,
  originOf,
  spend,
  type GraphWalk,
  type Origin,
} from '../graph/graph-walk.ts';
import { startsFrom } from '../trace/find-stages.ts';
import type { Ports, ResizeKind, SizeKind } from '../node-kinds/node-kind.ts';
import { pixelSize } from '../../fields/pixel-size.ts';
import { numberAt, textAt } from '../graph/read-input.ts';

export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** The pixel size of what an output gives; undefined where the graph does not say. */
export function predictSize(walk: GraphWalk, origin: Origin, hops = 0): PixelSize | undefined {
  if (hops > maximumHops || !spend(walk)) return undefined;
  const kind = kindOf(walk, origin.node);
  if (kind.size !== undefined) return statedSize(walk, origin, kind.size);
  const [main] =
    kind.sampler === undefined ? propagatedOrigins(walk, origin, 'pixels') : startsFrom(walk, origin.node);
  const before = main && predictSize(walk, main, hops + 1);
  return kind.resize === undefined ? before : resized(walk, origin, kind.resize, before);
}

function statedSize(walk: GraphWalk, origin: Origin, size: SizeKind): PixelSize | undefined {
  const { width, height } = pixelSize(textAt(walk, origin.node, size.dimensions));
  return sizeOf(width, height) ?? sizeOf(number(walk, origin, size.width), number(walk, origin, size.height));
}

function resized(
  walk: GraphWalk,
  origin: Origin,
  resize: ResizeKind,
  before: PixelSize | undefined,
): PixelSize | undefined {
  if ('width' in resize) {
    return fitted(number(walk, origin, resize.width), number(walk, origin, resize.height), before);
  }
  if (before === undefined) return undefined;
  if ('megapixels' in resize) {
    const megapixels = number(walk, origin, resize.megapixels);
    if (megapixels === undefined) return undefined;
    return scaled(before, Math.sqrt((megapixels * 1024 * 1024) / (before.width * before.height)));
  }
  if ('pad' in resize) {
    const pad = (side: keyof typeof resize.pad): number => number(walk, origin, resize.pad[side]) ?? 0;
    return {
      width: before.width + pad('left') + pad('right'),
      height: before.height + pad('top') + pad('bottom'),
    };
  }
  const own = resize.by === undefined ? undefined : number(walk, origin, resize.by);
  if (own !== undefined) return scaled(before, own);
  if (!('upscaleModel' in resize)) return undefined;
  const factor = upscaleFactor(upscaleModelName(walk, origin) ?? '');
  return factor === undefined ? undefined : scaled(before, factor);
}

/** File name of the upscale model that a node uses. */
export function upscaleModelName(walk: GraphWalk, origin: Origin): string | undefined {
  const { resize, sampler } = kindOf(walk, origin.node);
  const port = resize !== undefined && 'upscaleModel' in resize ? resize.upscaleModel : sampler?.upscaleModel;
  if (port === undefined) return undefined;
  const typed = walk.evaluate(origin.node, port);
  if (typed !== undefined && 'value' in typed) return jsonText(typed.value);
  const loader = originOf(walk, origin.node, port);
  const name = loader && walk.readerOf(loader.node)('model_name');
  return typeof name === 'string' ? name : undefined;
}

/** Names of upscale models contain their factor: `4x-UltraSharp`, `RealESRGAN_x2plus`. */
export function upscaleFactor(modelName: string): number | undefined {
  const match = /(?:^|[^a-z\d])(?:(\d{1,2})x|x(\d{1,2}))(?![a-z]*\d)/i.exec(modelName);
  const factor = Number(match?.[1] ?? match?.[2]);
  return factor >= 1 && factor <= 16 ? factor : undefined;
}

function fitted(
  width: number | undefined,
  height: number | undefined,
  before: PixelSize | undefined,
): PixelSize | undefined {
  // Zero means: whatever keeps the proportions.
  if (width === 0 && height !== undefined && before !== undefined)
    return scaled(before, height / before.height);
  if (height === 0 && width !== undefined && before !== undefined)
    return scaled(before, width / before.width);
  return sizeOf(width, height);
}

function scaled(size: PixelSize, factor: number): PixelSize | undefined {
  return sizeOf(Math.round(size.width * factor), Math.round(size.height * factor));
}

function sizeOf(width: number | undefined, height: number | undefined): PixelSize | undefined {
  if (width === undefined || height === undefined || !(width > 0) || !(height > 0)) return undefined;
  return { width, height };
}

function number(walk: GraphWalk, origin: Origin, ports: Ports | undefined): number | undefined {
  return numberAt(walk, origin.node, ports);
}
