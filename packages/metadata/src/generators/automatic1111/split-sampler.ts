const schedules =
  / (Karras|Exponential|Polyexponential|SGM Uniform|Simple|Normal|DDIM|Beta|Turbo|Uniform|KL Optimal|Align Your Steps)$/i;

/** `DPM++ 2M Karras`, as written before schedules had a setting of their own, into its halves. */
export function splitSampler(sampler: string): { sampler: string; scheduler?: string } {
  const match = schedules.exec(sampler);
  if (match === null) return { sampler };
  return { sampler: sampler.slice(0, match.index), scheduler: match[1] ?? '' };
}
