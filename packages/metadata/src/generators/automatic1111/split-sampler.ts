const schedules =
  / (Karras|Exponential|Polyexponential|SGM Uniform|Simple|Normal|DDIM|Beta|Turbo|Uniform|KL Optimal|Align Your Steps)$/i;

/** ComfyUI nodes that write this form join both by an underscore. */
const joined = /_(karras|exponential|sgm_uniform|simple|normal|ddim_uniform|beta)$/;

/** `DPM++ 2M Karras`, as written before schedules had a setting of their own, into its halves. */
export function splitSampler(sampler: string): { sampler: string; scheduler?: string } {
  const match = schedules.exec(sampler) ?? joined.exec(sampler);
  if (match === null) return { sampler };
  return { sampler: sampler.slice(0, match.index), scheduler: match[1] ?? '' };
}
