/** A piece of an endpoint's path: text between two slashes, or a parameter. */
export type PathSegment = string | { readonly parameter: string; readonly takesRest: boolean };

/**
 * The segments of a path such as `/img/{filename}`. A last `{path}` takes all that follows, slashes included;
 * any other parameter takes one segment.
 */
export function pathSegments(path: string): readonly PathSegment[] {
  const texts = path.slice(1).split('/');
  return texts.map((text, position) => {
    const parameter = /^\{(\w+)\}$/.exec(text)?.[1];
    if (parameter === undefined) return text;
    return { parameter, takesRest: parameter === 'path' && position === texts.length - 1 };
  });
}

/** The names of a path's parameters, which are fields of the endpoint's input. */
export function pathParameters(path: string): readonly string[] {
  return pathSegments(path).flatMap((segment) => (typeof segment === 'string' ? [] : [segment.parameter]));
}

/** A path with its parameters filled in and encoded; throws `TypeError` for a value that no URL can carry. */
export function fillPath(path: string, input: Readonly<Record<string, unknown>>): string {
  const filled = pathSegments(path).map((segment) =>
    typeof segment === 'string' ? segment : encodeParameter(segment, input[segment.parameter]),
  );
  return `/${filled.join('/')}`;
}

function encodeParameter(segment: Exclude<PathSegment, string>, value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number') {
    throw new TypeError(`${segment.parameter} must be given as text`);
  }
  const text = String(value).toWellFormed();
  const parts = segment.takesRest ? text.split('/') : [text];
  if (!parts.some(isLostInUrls)) return parts.map(encodeURIComponent).join('/');
  // With its slashes encoded, what URL parsers would resolve (`a/../b`, `a//b`) arrives as it was written.
  if (parts.length > 1) return encodeURIComponent(text);
  throw new TypeError(`${segment.parameter} cannot be ${JSON.stringify(text)}`);
}

function isLostInUrls(segment: string): boolean {
  return segment === '' || segment === '.' || segment === '..';
}
