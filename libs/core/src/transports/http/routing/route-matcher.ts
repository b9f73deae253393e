import {
  matches,
  paramNames,
  segmentsOf,
  withoutEndSlash,
} from '../../../addresses/path-pattern.js';

interface Pattern<Target> {
  readonly segments: readonly string[];
  readonly target: Target;
}

/**
 * Finds the target of a path, in time linear to the length of the path. Paths without parameters need one
 * lookup. Paths with parameters are compared segment by segment. Case and one trailing slash are ignored, as
 * in Express.
 */
export class RouteMatcher<Target> {
  private readonly fixed: ReadonlyMap<string, Target>;
  private readonly patterns: readonly Pattern<Target>[];
  private readonly longest: number;

  constructor(routes: readonly (readonly [path: string, target: Target])[]) {
    const plain = routes.filter(([path]) => paramNames(path).length === 0);
    this.fixed = new Map(plain.map(([path, target]) => [path.toLowerCase(), target]));
    this.patterns = routes
      .filter(([path]) => paramNames(path).length > 0)
      .map(([path, target]) => ({ segments: segmentsOf(path.toLowerCase()), target }));
    this.longest = Math.max(0, ...this.patterns.map(({ segments }) => segments.length));
  }

  /** @param path path of a request, without its query and still percent-encoded */
  find(path: string): Target | undefined {
    return this.fixed.get(withoutEndSlash(path).toLowerCase()) ?? this.matching(path);
  }

  private matching(path: string): Target | undefined {
    if (this.patterns.length === 0) return undefined;
    const segments = segmentsOf(path, this.longest + 1);
    return this.patterns.find((pattern) => matches(pattern.segments, segments))?.target;
  }
}
