import type { JsonSchema } from '../../interfaces/json.js';
import { enumValues } from '../decorators/enum-values.js';
import type { EnumLike } from '../decorators/param-options.interface.js';

type Keywords = (constraints: readonly unknown[]) => JsonSchema;

const string = (keywords: JsonSchema = {}): JsonSchema => ({ type: 'string', ...keywords });
const number = (keywords: JsonSchema = {}): JsonSchema => ({ type: 'number', ...keywords });
const array = (keywords: JsonSchema = {}): JsonSchema => ({ type: 'array', ...keywords });

/**
 * class-validator rules that say something in JSON Schema, by the name the rule registers. Everything a
 * rule accepts its keywords accept; a rule that is not listed says nothing and is still enforced.
 */
const KEYWORDS: Readonly<Record<string, Keywords>> = {
  isString: () => string(),
  isNumber: () => number(),
  isInt: () => ({ type: 'integer' }),
  isBoolean: () => ({ type: 'boolean' }),
  isArray: () => array(),
  isObject: () => ({ type: 'object' }),
  isDate: () => string({ format: 'date-time' }),
  isEnum: ([entity]) => choice(enumValues(entity as EnumLike)),
  isIn: ([values]) => choice(values as readonly unknown[]),
  equals: ([value]) => ({ const: value }),
  isNotEmpty: () => ({ minLength: 1 }),
  min: ([minimum]) => number({ minimum }),
  max: ([maximum]) => number({ maximum }),
  isPositive: () => number({ exclusiveMinimum: 0 }),
  isNegative: () => number({ exclusiveMaximum: 0 }),
  isDivisibleBy: ([divisor]) => number(multipleOf(divisor)),
  minLength: ([minLength]) => string({ minLength }),
  maxLength: ([maxLength]) => string({ maxLength }),
  isLength: ([minLength, maxLength]) =>
    string({ minLength, ...(maxLength !== undefined && { maxLength }) }),
  matches: ([pattern]) => string(patternOf(pattern)),
  isEmail: () => string({ format: 'email' }),
  isUuid: () => string({ format: 'uuid' }),
  isDateString: () => string({ format: 'date-time' }),
  isIso8601: () => string({ format: 'date-time' }),
  arrayMinSize: ([minItems]) => array({ minItems }),
  arrayMaxSize: ([maxItems]) => array({ maxItems }),
  arrayNotEmpty: () => array({ minItems: 1 }),
  arrayUnique: () => array(),
  arrayContains: () => array(),
  arrayNotContains: () => array(),
};

/** Rules of class-validator that accept strings only and say nothing more that a schema could hold. */
const STRING_RULES: ReadonlySet<string> = new Set(
  (
    'contains notContains isAlpha isAlphanumeric isAscii isBase32 isBase58 isBase64 isBIC isBooleanString ' +
    'isBtcAddress isByteLength isCreditCard isCurrency isDataURI isDecimal isEAN isEthereumAddress ' +
    'IsFirebasePushId isFqdn isFullWidth isHalfWidth isHash isHexadecimal isHexColor isHSL isIBAN isIdentityCard ' +
    'isIp isIsbn isIsin isISO31661Alpha2 isISO31661Alpha3 isISO31661Numeric isISO4217CurrencyCode isISO6391 isISRC isISSN isJson isJwt ' +
    'isLocale isLowercase isMacAddress isMagnetURI isMilitaryTime isMimeType isMobilePhone isMongoId ' +
    'isMultibyte isNumberString isOctal isPassportNumber isPhoneNumber isPort isPostalCode isRFC3339 ' +
    'isRgbColor isSemVer isStrongPassword isSurrogatePair isTaxId isTimeZone isUppercase isUrl isVariableWidth'
  ).split(' '),
);

/** What a rule says in JSON Schema; nothing for one that has no counterpart. */
export function keywordsOf(rule: string | undefined, constraints: readonly unknown[]): JsonSchema {
  if (rule === undefined) return {};
  if (STRING_RULES.has(rule)) return string();
  return KEYWORDS[rule]?.(constraints) ?? {};
}

/** The schema of a choice between values; typed when all have the same type, as some clients need it. */
export function choice(values: readonly unknown[]): JsonSchema {
  const [type, ...others] = new Set(values.map((value) => typeof value));
  return others.length === 0 && (type === 'string' || type === 'number')
    ? { type, enum: values }
    : { enum: values };
}

/** The rule drops the fraction and the sign of its divisor; JSON Schema knows neither. */
function multipleOf(divisor: unknown): JsonSchema {
  const whole = Math.abs(Math.trunc(Number(divisor)));
  return whole > 0 ? { multipleOf: whole } : {};
}

function patternOf(pattern: unknown): JsonSchema {
  // A flag changes what the pattern means, and JSON Schema has no place for it.
  return pattern instanceof RegExp && /^u?$/.test(pattern.flags) && isUnicodePattern(pattern.source)
    ? { pattern: pattern.source }
    : {};
}

/** Validators of JSON Schema compile patterns with the `u` flag, which refuses idle escapes such as `\-`. */
function isUnicodePattern(source: string): boolean {
  try {
    return new RegExp(source, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
