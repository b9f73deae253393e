import { instanceToPlain, type TargetMap } from 'class-transformer';
import type { ResultBudget } from './budget.js';

/**
 * An instance as `ClassSerializerInterceptor` shows it on a route: by the rules of its class (`@Exclude`,
 * `@Expose`, `@Transform`, `@Type`), and by its own members where it has none. References back are left out.
 */
export function exposed(instance: object, budget: ResultBudget): unknown {
  return instanceToPlain(withoutFunctions(instance), {
    enableCircularCheck: true,
    targetMaps: new SpendingMaps(budget),
  });
}

/**
 * class-transformer follows every path through entities that refer to each other, of which there can be
 * more than atoms. It counts nothing, but it asks these maps about each member on the way.
 */
class SpendingMaps extends Array<TargetMap> {
  static override readonly [Symbol.species] = Array;

  constructor(private readonly budget: ResultBudget) {
    super();
  }

  override filter(): never[] {
    this.budget.spend(1);
    return [];
  }
}

/** class-transformer calls the functions that an instance has as members of its own; JSON leaves them out. */
function withoutFunctions(instance: object): object {
  const members = Object.entries(Object.getOwnPropertyDescriptors(instance));
  const data = members.filter(([, { value }]) => typeof value !== 'function');
  if (data.length === members.length) return instance;
  const prototype = Object.getPrototypeOf(instance) as object;
  return Object.create(prototype, Object.fromEntries(data)) as object;
}
