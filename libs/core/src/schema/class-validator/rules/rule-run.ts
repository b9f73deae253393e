import { isDeepStrictEqual } from 'node:util';
import { Turns } from './turns.js';
import type { ValidationArguments } from 'class-validator';
import { Findings, unknownArgument } from '../../findings/findings.js';
import { NOTHING_WRONG, type WrongValues } from '../../findings/wrong-values.js';
import type { ValuePath } from '../../findings/value-path.js';
import { ROOT } from '../../findings/value-path.js';
import type { BoundClass, BoundProperty, BoundRule, RuleTable } from './bound-rules.js';
import { messageOf, unworded, wording } from './rule-message.js';
import { isTypeRule } from './type-rules.js';

/** Describes the properties of an instance that have no rules. */
export interface Unruled {
  /** The name that callers use for a property; undefined if callers cannot set it. */
  nameOf(type: BoundClass['type'], property: string): string | undefined;
  /** The values that the initializers of a class assign. */
  initialOf(type: BoundClass['type']): Readonly<Record<string, unknown>>;
}

/** A rule that runs on a value. */
interface Running {
  readonly bound: BoundRule;
  readonly args: ValidationArguments;
  readonly path: ValuePath;
}

/** The number of items that a rule checks in one turn. */
const MOST_AT_ONCE = 16;

/**
 * Checks one set of arguments against the rules of its classes, in the order and the words of class-validator.
 * The time is linear in the arguments and their rules. Messages are made only for the findings that are reported.
 * Long work is split into turns of the event loop, so that other calls are served in between. Values of the wrong
 * shape are only explained: a rule about a size or a format would be misleading, and may fail on another type.
 */
export class RuleRun {
  readonly findings = new Findings();
  private readonly turns = new Turns();
  private readonly late: Promise<void>[] = [];
  private readonly unchecked = new Set<object>();
  private readonly initial = new Map<BoundClass['type'], Readonly<Record<string, unknown>>>();

  constructor(
    private readonly table: RuleTable,
    private readonly unruled: Unruled,
    private readonly accepted: readonly string[],
    private readonly wrong: WrongValues = NOTHING_WRONG,
  ) {}

  /** Runs the rules on an instance, asynchronous ones included, and returns the findings. */
  async of(instance: object): Promise<Findings> {
    this.object(instance, ROOT);
    await this.turns.ended();
    for (let next = 0; next < this.late.length; next++) {
      await this.late[next];
      await this.turns.ended();
    }
    return this.findings;
  }

  private object(object: object, path: ValuePath | undefined): void {
    const rules = this.table.rulesOf(object);
    if (rules === undefined) {
      this.findings.add(
        path,
        'an unknown value was passed to the validate function (unknownValue)',
      );
      return;
    }
    const members = object as Readonly<Record<string, unknown>>;
    for (const property of Object.keys(members))
      if (!rules.known.has(property)) this.unknown(rules, members, property, path);
    for (const bound of rules.properties) {
      const value = members[bound.property];
      if ((value === undefined || value === null) && bound.isOptional) continue;
      const at = { parent: path, name: bound.name };
      if (value instanceof Promise && bound.awaitsPromise)
        this.late.push(value.then((given: unknown) => this.property(object, bound, given, at)));
      else this.property(object, bound, value, at);
    }
  }

  private unknown(
    { type, properties }: BoundClass,
    members: Readonly<Record<string, unknown>>,
    property: string,
    path: ValuePath | undefined,
  ): void {
    const value = members[property];
    // ES2022 class fields exist with the value undefined, even if the caller left them out.
    if (value === undefined) return;
    const name = this.unruled.nameOf(type, property);
    if (name === undefined || isDeepStrictEqual(this.initialOf(type)[property], value)) return;
    const at = { parent: path, name };
    if (this.wrong.has(at)) return;
    const names = (): string[] => properties.map((one) => one.name);
    this.findings.add(at, () => unknownArgument(path === ROOT ? this.accepted : names()));
  }

  private initialOf(type: BoundClass['type']): Readonly<Record<string, unknown>> {
    const known = this.initial.get(type) ?? this.unruled.initialOf(type);
    this.initial.set(type, known);
    return known;
  }

  private property(object: object, bound: BoundProperty, value: unknown, path: ValuePath): void {
    for (const { constraints } of bound.conditions) {
      const [applies] = constraints as [(object: object, value: unknown) => boolean];
      if (!applies(object, value)) return;
    }
    const isWrong = this.wrong.has(path);
    if ((isWrong || this.isUnchecked(object, bound)) && !isComparable(bound, value)) {
      const isExplained = this.explain(object, bound, value, path);
      if (isWrong || isExplained) return;
    }
    for (const rule of bound.rules) this.rule(object, rule, value, path);
    if (bound.nested !== undefined) this.nested(object, bound, value, path);
  }

  /** Whether only the rules know the type of a value: `@Transform()` returned it, or the object around it. */
  private isUnchecked(object: object, { isTransformed }: BoundProperty): boolean {
    return isTransformed || this.unchecked.has(object);
  }

  /**
   * Adds one finding about a value of the wrong shape, in the words of a rule. Without one, the shape's own words stay.
   * Returns whether a rule had such words.
   */
  private explain(object: object, bound: BoundProperty, value: unknown, path: ValuePath): boolean {
    for (const one of bound.explaining) {
      if (one.rule.validateIf !== undefined && !one.rule.validateIf(object, value)) continue;
      const running = { bound: one, args: argumentsOf(object, value, one.rule), path };
      const verdict: unknown = one.constraint.validate(value, running.args);
      if (isPromise(verdict)) this.late.push(this.awaited([verdict], [value], 1, running));
      else if (!verdict) {
        this.broken(running);
        return true;
      }
    }
    return false;
  }

  private rule(object: object, bound: BoundRule, value: unknown, path: ValuePath): void {
    const { rule } = bound;
    if (rule.validateIf !== undefined && !rule.validateIf(object, value)) return;
    const args = argumentsOf(object, value, rule);
    const items = (rule.each ? listed(value) : undefined) ?? [value];
    const isAny = !rule.each || !this.wrong.hasItemsOf(path) || isTypeRule(bound);
    this.items(isAny ? items : this.rightItems(items, value, path), 0, { bound, args, path });
  }

  /** The items of the right type. The indexes of a Set are not those of the list that was sent. */
  private rightItems(items: readonly unknown[], value: unknown, path: ValuePath): unknown[] {
    if (value instanceof Set) return [];
    const names = value instanceof Map ? [...value.keys()].map(String) : undefined;
    return items.filter(
      (_, index) => !this.wrong.has({ parent: path, name: names?.[index] ?? index }),
    );
  }

  /** Reports only the first item that breaks a rule. */
  private items(items: readonly unknown[], from: number, running: Running): void {
    const { constraint } = running.bound;
    const end = Math.min(items.length, from + MOST_AT_ONCE);
    const verdicts: unknown[] = [];
    for (let index = from; index < end; index++) {
      const verdict: unknown = constraint.validate(items[index], running.args);
      if (isPromise(verdict)) verdicts.push(verdict);
      else if (!verdict) return this.broken(running);
    }
    if (verdicts.length > 0) this.late.push(this.awaited(verdicts, items, end, running));
    else if (end < items.length) this.turns.take(() => this.items(items, end, running));
  }

  private async awaited(
    verdicts: readonly unknown[],
    items: readonly unknown[],
    end: number,
    running: Running,
  ): Promise<void> {
    const all = await Promise.all(verdicts);
    if (!all.every(Boolean)) this.broken(running);
    else if (end < items.length) this.items(items, end, running);
  }

  private broken({ bound, args, path }: Running): void {
    const { rule, name, constraint } = bound;
    this.wrong.explain(path);
    if (rule.each && isTypeRule(bound)) this.wrong.explainItemsOf(path);
    this.findings.add(path, () => {
      const message = messageOf(rule, args, constraint) || unworded(name, rule);
      return `${wording(rule.propertyName, args.value, message)} (${name})`;
    });
  }

  private nested(object: object, bound: BoundProperty, value: unknown, path: ValuePath): void {
    const { nested: rule } = bound;
    if (rule === undefined || value === undefined || this.wrong.has(path)) return;
    const items = listed(value);
    if (items !== undefined) {
      const names = value instanceof Map ? [...value.keys()].map(String) : undefined;
      for (const [index, item] of items.entries())
        this.nested(object, bound, item, { parent: path, name: names?.[index] ?? index });
    } else if (value instanceof Object) {
      if (this.isUnchecked(object, bound)) this.unchecked.add(value);
      this.turns.take(() => this.object(value, path));
    } else
      this.findings.add(path, () => {
        const message = messageOf(rule, argumentsOf(object, value, rule));
        return `${wording(rule.propertyName, value, message)} (${rule.type})`;
      });
  }
}

/** Whether the rules say true things about a wrong value: about one that is missing, or a fraction of a whole number. */
function isComparable({ rules }: BoundProperty, value: unknown): boolean {
  return value === undefined || (typeof value === 'number' && rules.some(isWhole));
}

function isWhole({ rule, name }: BoundRule): boolean {
  return name === 'isInt' && !rule.each;
}

function argumentsOf(object: object, value: unknown, rule: BoundRule['rule']): ValidationArguments {
  const { propertyName: property, constraints } = rule;
  return { targetName: object.constructor.name, property, object, value, constraints };
}

/** The items of a list, a Set or a Map; undefined for other values. */
function listed(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  return value instanceof Set || value instanceof Map ? [...value.values()] : undefined;
}

function isPromise(value: unknown): boolean {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}
