import { getMetadataStorage, type ValidatorConstraintInterface } from 'class-validator';
import { isNested, isOptional, type Rule, rulesByProperty } from '../metadata/class-rules.js';
import { standardOf } from '../../standard/standard-class.js';
import { isTransformed, publishedName, transformedType } from '../metadata/transformer-metadata.js';
import { quickConstraint } from './quick-constraints.js';
import { explainingRules } from './type-rules.js';

/** One rule and the constraint that implements it. */
export interface BoundRule {
  readonly rule: Rule;
  readonly name: string;
  readonly constraint: ValidatorConstraintInterface;
}

/** The rules of one property, in the order in which they run. */
export interface BoundProperty {
  readonly property: string;
  /** The name that callers use. */
  readonly name: string;
  /** Whether the rules are skipped for null and undefined. */
  readonly isOptional: boolean;
  readonly conditions: readonly Rule[];
  readonly rules: readonly BoundRule[];
  /** The rules that can explain why a value has the wrong type. */
  readonly explaining: readonly BoundRule[];
  readonly nested: Rule | undefined;
  readonly awaitsPromise: boolean;
  /** Whether `@Transform()` returns the value, whose type only the rules know. */
  readonly isTransformed: boolean;
}

/** The rules of a class. */
export interface BoundClass {
  readonly type: NonNullable<Rule['constraintCls']>;
  /** The names of all properties with a rule. Others are not arguments. */
  readonly known: ReadonlySet<string>;
  /** The properties that callers can set. */
  readonly properties: readonly BoundProperty[];
}

const CUSTOM = 'customValidation';
const DEFINED = 'isDefined';
const CONDITIONAL = 'conditionalValidation';
const PROMISE = 'promiseValidation';

/** Collects the rules of each class once. class-validator would collect them again for every object. */
export class RuleTable {
  private readonly classes = new WeakMap<object, BoundClass>();

  constructor(private readonly groups: readonly string[]) {}

  /** The rules of an object's class; undefined if it has none. */
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
      if (name === undefined) return [];
      const { element } = transformedType(type as Parameters<typeof publishedName>[0], property);
      // A Standard Schema has validated the value already.
      const rulesOfProperty = standardOf(element) ? all.filter((rule) => !isNested(rule)) : all;
      const transformed = isTransformed(type as Parameters<typeof publishedName>[0], property);
      return [{ ...bound(property, name, rulesOfProperty), isTransformed: transformed }];
    });
    const made = { type, known: new Set(rules.keys()), properties };
    this.classes.set(type, made);
    return rules.size === 0 ? undefined : made;
  }
}

function bound(
  property: string,
  name: string,
  all: readonly Rule[],
): Omit<BoundProperty, 'isTransformed'> {
  const ofType = (type: string): Rule[] => all.filter((rule) => rule.type === type);
  const rules = [...ofType(DEFINED), ...ofType(CUSTOM)].flatMap(boundRules);
  return {
    property,
    name,
    isOptional: all.some(isOptional),
    conditions: ofType(CONDITIONAL).filter((rule) => !isOptional(rule)),
    rules,
    explaining: explainingRules(rules),
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
