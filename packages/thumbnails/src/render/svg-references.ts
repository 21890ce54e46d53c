// What makes an SVG renderer fetch something. "#id" and "data:" stay in the file, and an <a> only leads away.
const fetching: readonly RegExp[] = [
  /<(?:\w+:)?(?:image|use|feImage|tref|pattern|filter|linearGradient|radialGradient|textPath|mpath|include)\s[^>]{0,2000}?href\s*=(?!["'\s]*(?:#|data:))/iu,
  /\burl\((?!["'\s]*(?:#|data:))/iu,
  /@import\b/iu,
  /<\?xml-stylesheet\b/iu,
  /<!ENTITY\s[^>]{0,2000}?\b(?:SYSTEM|PUBLIC)\b/iu,
];

/** Whether an SVG asks for other files or addresses. What it hides from us is not fetched either. */
export function refersElsewhere(svg: string): boolean {
  return fetching.some((pattern) => pattern.test(svg));
}
