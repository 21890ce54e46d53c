import { remember } from '../../text/remember.ts';

/** Names of k-diffusion and diffusers, without blanks and signs, by how the web UI calls the same sampler. */
const names: Readonly<Record<string, string>> = {
  euler: 'Euler',
  eulera: 'Euler a',
  eulerancestral: 'Euler a',
  heun: 'Heun',
  heunpp2: 'Heun++ 2',
  lms: 'LMS',
  dpm2: 'DPM2',
  dpm2a: 'DPM2 a',
  dpm2ancestral: 'DPM2 a',
  dpmfast: 'DPM fast',
  dpmadaptive: 'DPM adaptive',
  dpmpp2sa: 'DPM++ 2S a',
  dpmpp2sancestral: 'DPM++ 2S a',
  dpmppsde: 'DPM++ SDE',
  dpmpp2m: 'DPM++ 2M',
  dpmpp2msde: 'DPM++ 2M SDE',
  dpmpp2msdeheun: 'DPM++ 2M SDE Heun',
  dpmpp3msde: 'DPM++ 3M SDE',
  ddim: 'DDIM',
  ddpm: 'DDPM',
  plms: 'PLMS',
  unipc: 'UniPC',
  lcm: 'LCM',
};

/**
 * How the web UI of Stable Diffusion spells a sampler that other tools name in their own way (`euler_ancestral`,
 * `k_euler_a`, `dpmpp_2m_sde_gpu`), so that a filter finds all of them; undefined for one that it does not have.
 */
export function samplerName(recorded: string): string | undefined {
  const name = nameOf(recorded);
  return name === '' ? undefined : name;
}

const nameOf = remember((recorded) => {
  const plain = recorded
    .trim()
    .toLowerCase()
    .replace(/^k_/, '')
    .replace(/_gpu$/, '')
    .replaceAll('++', 'pp')
    .replaceAll(/[\s_-]/g, '');
  return (Object.hasOwn(names, plain) ? names[plain] : undefined) ?? '';
});
