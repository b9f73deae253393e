import { isDeepStrictEqual } from 'node:util';
import { Turns } from './turns.js';
import type { ValidationArguments } from 'class-validator';
import { Findings, unknownArgument } from '../../findings/findings.js';
import type { ValuePath } from '../../findings/value-path.js';
import { ROOT } from '../../findings/value-path.js';
import type { BoundClass, BoundProperty, BoundRule, RuleTable } from './bound-rules.js';
import { messageOf, wording } from './rule-message.js';

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
 * Long work is split into turns of the event loop, so that other calls are served in between.
 */
export class RuleRun {
  readonly findings = new Findings();
  private readonly turns = new Turns();
  private readonly late: Promise<void>[] = [];
  private readonly initial = new Map<BoundClass['type'], Readonly<Record<string, unknown>>>();

  constructor(
    private readonly table: RuleTable,
    private readonly unruled: Unruled,
    private readonly accepted: readonly string[],
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
    { type }: BoundClass,
    members: Readonly<Record<string, unknown>>,
    property: string,
    path: ValuePath | undefined,
  ): void {
    const value = members[property];
    // ES2022 class fields exist with the value undefined, even if the caller left them out.
    if (value === undefined) return;
    const name = this.unruled.nameOf(type, property);
    if (name === undefined || isDeepStrictEqual(this.initialOf(type)[property], value)) return;
    const accepted = path === ROOT ? this.accepted : [];
    this.findings.add({ parent: path, name }, () => unknownArgument(accepted));
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
    for (const rule of bound.rules) this.rule(object, rule, value, path);
    if (bound.nested !== undefined) this.nested(object, bound.nested, value, path);
  }

  private rule(object: object, bound: BoundRule, value: unknown, path: ValuePath): void {
    const { rule } = bound;
    if (rule.validateIf !== undefined && !rule.validateIf(object, value)) return;
    const args = argumentsOf(object, value, rule);
    const items = (rule.each ? listed(value) : undefined) ?? [value];
    this.items(items, 0, { bound, args, path });
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

  private broken({ bound: { rule, name, constraint }, args, path }: Running): void {
    this.findings.add(
      path,
      () =>
        `${wording(rule.propertyName, args.value, messageOf(rule, args, constraint))} (${name})`,
    );
  }

  private nested(object: object, rule: BoundRule['rule'], value: unknown, path: ValuePath): void {
    if (value === undefined) return;
    const items = listed(value);
    if (items !== undefined) {
      const names = value instanceof Map ? [...value.keys()].map(String) : undefined;
      for (const [index, item] of items.entries())
        this.nested(object, rule, item, { parent: path, name: names?.[index] ?? index });
    } else if (value instanceof Object) this.turns.take(() => this.object(value, path));
    else
      this.findings.add(path, () => {
        const message = messageOf(rule, argumentsOf(object, value, rule));
        return `${wording(rule.propertyName, value, message)} (${rule.type})`;
      });
  }
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
