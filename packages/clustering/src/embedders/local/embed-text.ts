import type { Rarity } from './rarity.ts';
import { visitFeatures } from './text-features.ts';

/** Numbers in a local embedding; the last is the same in all of them. */
export const localDimension = 768;

const hashedDimension = localDimension - 1;
const placesPerFeature = 4;
// Texts that share nothing get this cosine, and sharing counts linearly from there to 1. Chosen so that the thresholds
// that suit hosted models (0.85 to 0.9) cut where the topics of a library part; see decisions/0056.
const floor = 0.75;
const leastRarity = 0.02;
const rarityExponent = 0.8;

/** The unit vector of a text, or null where it has no word in it. */
export function embedText(text: string, rarity: Rarity | null): Float32Array | null {
  const sum = new Float64Array(hashedDimension);
  visitFeatures(text, (feature, weight) => {
    // Never nothing: texts of common words alone still differ from each other.
    addFeature(
      sum,
      feature,
      weight * Math.max(leastRarity, rarity?.weightOf(feature) ?? 1) ** rarityExponent,
    );
  });
  const length = Math.hypot(...sum);
  if (length === 0) return null;
  const vector = new Float32Array(localDimension);
  const scale = Math.sqrt(1 - floor) / length;
  for (let index = 0; index < hashedDimension; index++) vector[index] = (sum[index] ?? 0) * scale;
  vector[hashedDimension] = Math.sqrt(floor);
  return vector;
}

/** Each feature has a few places of its own, with signs: what two texts do not share cancels out on average. */
function addFeature(sum: Float64Array, feature: number, weight: number): void {
  let state = feature;
  for (let place = 0; place < placesPerFeature; place++) {
    state = (Math.imul(state, 0x19660d) + 0x3c6ef35f) >>> 0;
    const index = (state >>> 8) % hashedDimension;
    sum[index] = (sum[index] ?? 0) + (state >>> 31 === 0 ? weight : -weight);
  }
}
