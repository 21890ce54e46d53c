import { automatic1111 } from './automatic1111/automatic1111.ts';
import { bytedance } from './services/bytedance.ts';
import { civitai } from './civitai.ts';
import { comfyui } from './comfyui/comfyui.ts';
import { contentCredentials } from './services/content-credentials.ts';
import { drawThings } from './draw-things.ts';
import { easyDiffusion } from './easy-diffusion.ts';
import { fooocus } from './fooocus/fooocus.ts';
import { fooocusMre } from './fooocus/fooocus-mre.ts';
import type { Generator } from './generator.ts';
import { hfSpace } from './hf-space.ts';
import { ideogram } from './services/ideogram.ts';
import { imageMetaHub } from './image-metahub.ts';
import { invokeai } from './invokeai/invokeai.ts';
import { luma } from './services/luma.ts';
import { majoor } from './majoor.ts';
import { midjourney } from './services/midjourney.ts';
import { mochiDiffusion } from './mochi-diffusion.ts';
import { novelai } from './novelai/novelai.ts';
import { plainTexts } from './plain-texts.ts';
import { reve } from './services/reve.ts';
import { ruinedFooocus } from './fooocus/ruined-fooocus.ts';
import { stabilityMatrix } from './stability-matrix.ts';
import { swarmui } from './swarmui.ts';
import { sygil } from './sygil.ts';
import { tensorart } from './tensorart.ts';
import { wan2gp } from './wan2gp.ts';
import { xai } from './services/xai.ts';

/**
 * Generators by precedence: the first description found is the file's own, the others its
 * alternatives. Exact records of one tool come before texts that several tools write.
 */
export const generatorList: readonly Generator[] = [
  invokeai,
  stabilityMatrix,
  tensorart,
  sygil,
  easyDiffusion,
  swarmui,
  ruinedFooocus,
  fooocus,
  fooocusMre,
  wan2gp,
  hfSpace,
  novelai,
  civitai,
  drawThings,
  comfyui,
  imageMetaHub,
  majoor,
  mochiDiffusion,
  midjourney,
  automatic1111,
  plainTexts,
  bytedance,
  xai,
  ideogram,
  reve,
  luma,
  contentCredentials,
];
