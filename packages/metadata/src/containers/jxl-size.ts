const ratios: readonly (readonly [number, number])[] = [
  [1, 1],
  [12, 10],
  [4, 3],
  [3, 2],
  [16, 9],
  [5, 4],
  [2, 1],
];
/** Bits of a dimension by selector. */
const lengths = [9, 13, 18, 30];

/** The size in the header of a JPEG XL codestream (ISO/IEC 18181-1, SizeHeader). */
export function jxlSize(codestream: Uint8Array): { width: number; height: number } | undefined {
  if (codestream[0] !== 0xff || codestream[1] !== 0x0a) return undefined;
  let at = 16;
  const bits = (count: number) => {
    let value = 0;
    for (let index = 0; index < count; index += 1, at += 1) {
      value += (((codestream[at >> 3] ?? 0) >> (at & 7)) & 1) * 2 ** index;
    }
    return value;
  };
  const isSmall = bits(1) === 1;
  const dimension = () => (isSmall ? (bits(5) + 1) * 8 : bits(lengths[bits(2)] ?? 9) + 1);
  const height = dimension();
  const ratio = ratios[bits(3) - 1];
  const width = ratio === undefined ? dimension() : Math.floor((height * ratio[0]) / ratio[1]);
  return { width, height };
}
