import { getMetadataStorage, type ValidatorConstraintInterface } from 'class-validator';
import { isNested, isOptional, type Rule, rulesByProperty } from '../metadata/class-rules.js';
import { publishedName } from '../metadata/transformer-metadata.js';
import { quickConstraint } from './quick-constraints.js';

/** One rule with what judges by it. */
export interface BoundRule {
  readonly rule: Rule;
  readonly name: string;
  readonly constraint: ValidatorConstraintInterface;
}

/** What the rules say of one property, in the order in which they are asked. */
export interface BoundProperty {
  readonly property: string;
  /** The name that callers know it by. */
  readonly name: string;
  /** Nothing is asked of null, or of a property left out. */
  readonly isOptional: boolean;
  readonly conditions: readonly Rule[];
  readonly rules: readonly BoundRule[];
  readonly nested: Rule | undefined;
  readonly awaitsPromise: boolean;
}

/** The rules of a class. */
export interface BoundClass {
  readonly type: NonNullable<Rule['constraintCls']>;
  /** Every property with a rule; of another one, callers know nothing. */
  readonly known: ReadonlySet<string>;
  /** Those that callers have a part in. */
  readonly properties: readonly BoundProperty[];
}

const CUSTOM = 'customValidation';
const DEFINED = 'isDefined';
const CONDITIONAL = 'conditionalValidation';
const PROMISE = 'promiseValidation';

/** Gathers the rules of classes, once for each: class-validator does it for every object that it looks at. */
export class RuleTable {
  private readonly classes = new WeakMap<object, BoundClass>();

  constructor(private readonly groups: readonly string[]) {}

  /** Undefined where class-validator knows nothing of the class. */
  rulesOf({ constructor: type }: object): BoundClass | undefined {
    if (typeof type !== 'function') return undefined;
    const known = this.classes.get(type);
    if (known !== undefined) return known.known.size === 0 ? undefined : known;
    const rules = rulesByProperty(type as Parameters<typeof rulesByProperty>[0], this.groups);
    const properties = [...rules].flatMap(([property, all]) => {
      const name = publishedName(
        type as Parameters<typeof publishedName>[0],
        property,
        this.groups,
      );
      return name === undefined ? [] : [bound(property, name, all)];
    });
    const made = { type, known: new Set(rules.keys()), properties };
    this.classes.set(type, made);
    return rules.size === 0 ? undefined : made;
  }
}

function bound(property: string, name: string, all: readonly Rule[]): BoundProperty {
  const ofType = (type: string): Rule[] => all.filter((rule) => rule.type === type);
  return {
    property,
    name,
    isOptional: all.some(isOptional),
    conditions: ofType(CONDITIONAL).filter((rule) => !isOptional(rule)),
    rules: [...ofType(DEFINED), ...ofType(CUSTOM)].flatMap(boundRules),
    nested: all.find(isNested),
    awaitsPromise: ofType(PROMISE).length > 0,
  };
}

function boundRules(rule: Rule): BoundRule[] {
  return getMetadataStorage()
    .getTargetValidatorConstraints(rule.constraintCls)
    .map((constraint) => ({
      rule,
      name: constraint.name || rule.type,
      constraint: quickConstraint(constraint.name, constraint.instance),
    }));
}
