import sharp, { type Sharp } from 'sharp';

/** Red, green, blue and, where there is one, alpha. */
export type Colour = readonly number[];

/** A picture whose quarters have these colours: top left, top right, bottom left, bottom right. */
export function quarters(width: number, height: number, colours: readonly Colour[]): Sharp {
  const channels = colours[0]?.length === 4 ? 4 : 3;
  const pixels = Buffer.alloc(width * height * channels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const quarter = (y < height / 2 ? 0 : 2) + (x < width / 2 ? 0 : 1);
      pixels.set(colours[quarter] ?? [], (y * width + x) * channels);
    }
  }
  return sharp(pixels, { raw: { width, height, channels } });
}

/** The same with a grain, so that each row takes its share of the bytes of a file. */
export async function grainyQuarters(
  width: number,
  height: number,
  colours: readonly Colour[],
): Promise<Sharp> {
  const { data, info } = await quarters(width, height, colours).raw().toBuffer({ resolveWithObject: true });
  let state = 1;
  // The multiplier and modulus of MINSTD.
  const grain = (): number => ((state = (state * 48_271) % 2_147_483_647) % 21) - 10;
  const grainy = data.map((value) => value + grain());
  return sharp(grainy, { raw: { width, height, channels: info.channels } });
}

export const red: Colour = [220, 30, 30];
export const green: Colour = [30, 180, 40];
export const blue: Colour = [30, 50, 210];
export const yellow: Colour = [230, 210, 40];

/** The size, format and the colour in the middle of each quarter of a picture file. */
export async function look(path: string): Promise<{
  format: string;
  width: number;
  height: number;
  quarters: Colour[];
}> {
  const { format } = await sharp(path).metadata();
  const { data, info } = await sharp(path).raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number): Colour => {
    const start = Math.floor(y * info.height) * info.width + Math.floor(x * info.width);
    return [...data.subarray(start * info.channels, (start + 1) * info.channels)];
  };
  const quarters = [at(0.25, 0.25), at(0.75, 0.25), at(0.25, 0.75), at(0.75, 0.75)];
  return { format, width: info.width, height: info.height, quarters };
}

/** The largest difference of a channel between two lists of colours. */
export function distance(found: readonly Colour[], expected: readonly Colour[]): number {
  const differences = expected.flatMap((colour, index) =>
    colour.map((value, channel) => Math.abs(value - (found[index]?.[channel] ?? Infinity))),
  );
  return Math.max(...differences);
}
