import type { ValidationArguments, ValidatorConstraintInterface } from 'class-validator';
import { IndexedList } from './indexed-list.js';

type Validate = ValidatorConstraintInterface['validate'];

/** Formats of short texts, which class-validator goes through several times, or copies. */
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
/** No text of these formats is longer; to find that out of megabytes would take a tenth of a second. */
const LONGEST = 4_096;
/** Names of each kind that one rule remembers. The IANA database has some 600, none longer than 32 characters. */
const MOST_TIME_ZONES = 1_024;
const LONGEST_TIME_ZONE = 64;

/** class-validator's name for the class that it makes for each use of a decorator. */
const OF_A_DECORATOR = 'CustomConstraint';

/** The constraint, with the same verdicts, where class-validator's own takes too long over large values. */
export function quickConstraint(
  name: string,
  constraint: ValidatorConstraintInterface,
): ValidatorConstraintInterface {
  // A class of the application's own can have the name of a rule, and means what it says.
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
 * class-validator makes a date format for each name, or lets Intl throw: up to a tenth of a millisecond. Valid and
 * invalid names are remembered apart, so that invalid ones cannot crowd the valid ones out.
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

/** class-validator lists every emoji of a text to count its characters. */
function isLengthWithin(value: unknown, least: unknown, most: unknown): boolean {
  if (typeof value !== 'string') return false;
  const length = charactersIn(value);
  return length >= (Number(least) || 0) && (most === undefined || length <= Number(most));
}

/** Of two halves of a character, and of a character and what chooses its form, one counts. */
function charactersIn(text: string): number {
  let count = text.length;
  for (let at = 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isFormOf(code) && !isFormOf(text.charCodeAt(at - 1))) count--;
    else if (isHalf(code, 0xdc00) && isHalf(text.charCodeAt(at - 1), 0xd800)) count--;
  }
  return count;
}

function isFormOf(code: number): boolean {
  return code === 0xfe0e || code === 0xfe0f;
}

function isHalf(code: number, first: number): boolean {
  return code >= first && code < first + 0x400;
}

/** class-validator encodes the text and takes it to pieces. */
function isByteLength(value: unknown, args?: ValidationArguments): boolean {
  if (typeof value !== 'string') return false;
  const [least = 0, most = Infinity] = (args?.constraints ?? []) as (number | undefined)[];
  const bytes = Buffer.byteLength(value);
  return bytes >= least && bytes <= most;
}
