export { checkExpressions } from './rules/check-expressions.ts';
export { matchRules, type TaggableImage } from './rules/match-rules.ts';
