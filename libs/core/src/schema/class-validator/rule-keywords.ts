import { isJsonObject, type JsonSchema } from '../../interfaces/json.js';
import { enumValues } from '../decorators/enum-values.js';
import type { EnumLike } from '../decorators/param-options.interface.js';
import { isoDatePattern } from './rules/iso-date.js';

type Keywords = (constraints: readonly unknown[]) => JsonSchema;

const string = (keywords: JsonSchema = {}): JsonSchema => ({ type: 'string', ...keywords });
const number = (keywords: JsonSchema = {}): JsonSchema => ({ type: 'number', ...keywords });
const array = (keywords: JsonSchema = {}): JsonSchema => ({ type: 'array', ...keywords });

/**
 * The JSON Schema keywords of class-validator rules, by the name of the rule. The keywords accept every value that
 * the rule accepts. A rule that is not listed has no keywords, and is enforced all the same.
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
  isDateString: ([options]) => isoDate(options),
  isIso8601: ([options]) => isoDate(options),
  arrayMinSize: ([minItems]) => array({ minItems }),
  arrayMaxSize: ([maxItems]) => array({ maxItems }),
  arrayNotEmpty: () => array({ minItems: 1 }),
  arrayUnique: () => array(),
  arrayContains: () => array(),
  arrayNotContains: () => array(),
};

/** Rules of class-validator that accept only strings and have no further keywords. */
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

/** Rules that JSON Schema has no keywords for, and that also accept other values than strings. */
const OTHER_RULES: ReadonlySet<string> = new Set(
  (
    'isDefined isEmpty isInstance isLatLong isLatitude isLongitude isNotEmptyObject isNotIn maxDate minDate ' +
    'notEquals'
  ).split(' '),
);

/** Whether a rule has the name of one of class-validator's. */
export function isOfClassValidator(rule: string | undefined): boolean {
  if (rule === undefined) return false;
  return STRING_RULES.has(rule) || OTHER_RULES.has(rule) || Object.hasOwn(KEYWORDS, rule);
}

/** The JSON Schema keywords of a rule; empty if it has none. */
export function keywordsOf(rule: string | undefined, constraints: readonly unknown[]): JsonSchema {
  if (rule === undefined) return {};
  if (STRING_RULES.has(rule)) return string();
  return KEYWORDS[rule]?.(constraints) ?? {};
}

/** The schema of an enum. It has a `type` if all values are strings or all are numbers, because some clients need it. */
export function choice(values: readonly unknown[]): JsonSchema {
  const [type, ...others] = new Set(values.map((value) => typeof value));
  return others.length === 0 && (type === 'string' || type === 'number')
    ? { type, enum: values }
    : { enum: values };
}

function isoDate(options: unknown): JsonSchema {
  const isStrict = isJsonObject(options) && options.strictSeparator === true;
  return string({ pattern: isoDatePattern(isStrict ? 'T' : '[T\\s]') });
}

/** `@IsDivisibleBy()` ignores the fraction and the sign of its divisor. `multipleOf` must be positive. */
function multipleOf(divisor: unknown): JsonSchema {
  const whole = Math.abs(Math.trunc(Number(divisor)));
  return whole > 0 ? { multipleOf: whole } : {};
}

function patternOf(pattern: unknown): JsonSchema {
  // A flag changes the meaning of a pattern, and JSON Schema cannot express flags.
  return pattern instanceof RegExp && /^u?$/.test(pattern.flags) && isUnicodePattern(pattern.source)
    ? { pattern: pattern.source }
    : {};
}

/** Validators of JSON Schema compile patterns with the `u` flag, which refuses needless escapes such as `\-`. */
function isUnicodePattern(source: string): boolean {
  try {
    return new RegExp(source, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
