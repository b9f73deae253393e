import { instanceToPlain, type TargetMap } from 'class-transformer';
import type { ResultBudget } from './budget.js';

/**
 * An instance as `ClassSerializerInterceptor` shows it on a route: by the rules of its class (`@Exclude`, `@Expose`,
 * `@Transform`, `@Type`), or by its own properties if the class has no rules. References back to an enclosing object
 * are omitted.
 */
export function exposed(instance: object, budget: ResultBudget): unknown {
  return instanceToPlain(withoutFunctions(instance), {
    enableCircularCheck: true,
    targetMaps: new SpendingMaps(budget),
  });
}

/**
 * Makes class-transformer spend the budget. It follows every path through entities that refer to each other, and the
 * number of paths is not limited. It does not count them, but it reads these maps for each property on the way.
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

/** class-transformer calls functions that are own properties of an instance. JSON omits them. */
function withoutFunctions(instance: object): object {
  const members = Object.entries(Object.getOwnPropertyDescriptors(instance));
  const data = members.filter(([, { value }]) => typeof value !== 'function');
  if (data.length === members.length) return instance;
  const prototype = Object.getPrototypeOf(instance) as object;
  return Object.create(prototype, Object.fromEntries(data)) as object;
}
