import type { CallOptions, ScopeOptions } from './call-options.ts';
import type { IndexedImage } from './indexed-image.ts';

/** What of an image a condition looks at. */
export const autoTagFields = ['prompt', 'negative_prompt', 'model', 'sampler', 'text', 'path'] as const;
export type AutoTagField = (typeof autoTagFields)[number];

/** How a condition compares; the case of letters never matters. */
export const autoTagOperators = ['contains', 'equals', 'regex'] as const;
export type AutoTagOperator = (typeof autoTagOperators)[number];

export interface AutoTagCondition {
  readonly field: AutoTagField;
  readonly operator: AutoTagOperator;
  readonly value: string;
}

/** Gives a custom tag to every image that meets its conditions. */
export interface AutoTagRule {
  readonly tagId: number;
  readonly match: 'all' | 'any';
  readonly conditions: readonly AutoTagCondition[];
}

/** What a rule is tried on. */
export interface AutoTagTrialRequest {
  readonly rule: Omit<AutoTagRule, 'tagId'>;
  /** How many of the newest images are looked at. Default 10,000. */
  readonly among?: number;
  /** How many of those that meet it are shown. Default 24. */
  readonly examples?: number;
  /** Only images in these folders, at any depth; all unless given. */
  readonly inside?: readonly string[];
}

/** What a rule would tag. */
export interface AutoTagTrial {
  readonly lookedAt: number;
  readonly matched: number;
  /** Newest first. */
  readonly examples: readonly IndexedImage[];
  /** Expressions that ran out of time and then matched nothing. */
  readonly timedOut: readonly string[];
}

/** What applying rules to the library did. */
export interface AutoTagOutcome {
  readonly tagged: number;
  /** Images that lost a tag because they no longer meet the rule that gave it. */
  readonly untagged: number;
  /** Expressions that ran out of time and then matched nothing. */
  readonly timedOut: readonly string[];
}

/** Rules that give custom tags. */
export interface AutoTagRules {
  autoTagRules(options?: CallOptions): Promise<readonly AutoTagRule[]>;
  /**
   * Rules that another program or a failing drive left, and that tag nothing: each in words, with the reason. The others
   * work.
   */
  unusableAutoTagRules(options?: CallOptions): Promise<readonly string[]>;
  /**
   * Replaces the rules and applies them to every image; updates apply them to what is new or changed. Tags that a
   * dropped rule gave stay. With `inside`, only images in these folders are counted. Throws `unknown-tag`, `invalid-regexp`.
   */
  setAutoTagRules(rules: readonly AutoTagRule[], options?: ScopeOptions): Promise<AutoTagOutcome>;
  /** Which of the newest images meet a rule, without tagging any. Throws `invalid-regexp`. */
  tryAutoTagRule(request: AutoTagTrialRequest, options?: CallOptions): Promise<AutoTagTrial>;
}
