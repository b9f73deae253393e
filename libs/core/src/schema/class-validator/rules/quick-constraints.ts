import type { ValidationArguments, ValidatorConstraintInterface } from 'class-validator';
import { IndexedList } from './indexed-list.js';

type Validate = ValidatorConstraintInterface['validate'];

/** Rules about short texts, for which class-validator scans or copies the text several times. */
const SHORT: ReadonlySet<string> = new Set([
  'isCreditCard',
  'isDecimal',
  'isFqdn',
  'isHSL',
  'isIBAN',
  'isISO31661Alpha2',
  'isISO31661Alpha3',
  'isISO4217CurrencyCode',
  'isIdentityCard',
  'isIsbn',
  'isLatLong',
  'isLatitude',
  'isLongitude',
  'isPassportNumber',
  'isStrongPassword',
  'isTaxId',
]);
/** The longest text of these rules, in characters. A longer one is refused without being scanned. */
const LONGEST = 4_096;
/** The number of valid, and of invalid, names that one rule caches. The IANA database has about 600 names, of at most 32 characters. */
const MOST_TIME_ZONES = 1_024;
const LONGEST_TIME_ZONE = 64;

/** The name of the class that class-validator creates for each use of a decorator. */
const OF_A_DECORATOR = 'CustomConstraint';

/** Returns a constraint with the same verdicts that is also fast for large values, if class-validator's own is not. */
export function quickConstraint(
  name: string,
  constraint: ValidatorConstraintInterface,
): ValidatorConstraintInterface {
  // A constraint class of the application may have the name of a built-in rule. It is used unchanged.
  if (constraint.constructor.name !== OF_A_DECORATOR) return constraint;
  const validate = quickly(name, (value, args) => constraint.validate(value, args));
  if (validate === undefined) return constraint;
  return { validate, defaultMessage: (args) => constraint.defaultMessage?.(args) ?? '' };
}

function quickly(name: string, validate: Validate): Validate | undefined {
  if (name === 'isByteLength') return isByteLength;
  if (name === 'minLength')
    return (value, args) => isLengthWithin(value, args?.constraints[0], undefined);
  if (name === 'maxLength') return (value, args) => isLengthWithin(value, 0, args?.constraints[0]);
  if (name === 'isLength')
    return (value, args) => isLengthWithin(value, args?.constraints[0], args?.constraints[1]);
  if (name === 'arrayUnique')
    return (value, args) =>
      validate(Array.isArray(value) ? IndexedList.from<unknown>(value) : value, args);
  if (name === 'isTimeZone') return remembering(validate);
  if (SHORT.has(name))
    return (value, args) =>
      !(typeof value === 'string' && value.length > LONGEST) && validate(value, args);
  return undefined;
}

/**
 * Caches verdicts: class-validator creates a date format for each name, which takes up to 0.1 ms. Valid and invalid
 * names are cached separately, so that invalid names cannot use up the space of valid ones.
 */
function remembering(validate: Validate): Validate {
  const valid = new Set<unknown>();
  const invalid = new Set<unknown>();
  return (value, args) => {
    if (typeof value !== 'string' || value.length > LONGEST_TIME_ZONE) return false;
    if (valid.has(value)) return true;
    if (invalid.has(value)) return false;
    const isValid = validate(value, args);
    const known = isValid === true ? valid : invalid;
    if (known.size < MOST_TIME_ZONES) known.add(value);
    return isValid;
  };
}

/** Does not build a list of the emoji in the text, as class-validator does to count characters. */
function isLengthWithin(value: unknown, least: unknown, most: unknown): boolean {
  if (typeof value !== 'string') return false;
  const length = charactersIn(value);
  return length >= (Number(least) || 0) && (most === undefined || length <= Number(most));
}

/**
 * Counts a surrogate pair as one character, and a character with its variation selectors as one. Reads each code unit
 * once and calls no function for it, so that it is quick before the engine has optimized it, too.
 */
function charactersIn(text: string): number {
  let count = text.length;
  let before = text.charCodeAt(0);
  for (let at = 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0xdc00) {
      const isSelector = code === 0xfe0e || code === 0xfe0f;
      const isPair = code < 0xe000 && before >= 0xd800 && before < 0xdc00;
      if (isPair || (isSelector && before !== 0xfe0e && before !== 0xfe0f)) count--;
    }
    before = code;
  }
  return count;
}

function isByteLength(value: unknown, args?: ValidationArguments): boolean {
  if (typeof value !== 'string') return false;
  const [least = 0, most = Infinity] = (args?.constraints ?? []) as (number | undefined)[];
  const bytes = Buffer.byteLength(value);
  return bytes >= least && bytes <= most;
}
