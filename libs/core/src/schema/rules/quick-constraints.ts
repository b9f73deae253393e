import type { ValidationArguments, ValidatorConstraintInterface } from 'class-validator';
import { IndexedList } from './indexed-list.js';

type Validate = ValidatorConstraintInterface['validate'];

/** Formats of short texts, which class-validator goes through several times. */
const SHORT: ReadonlySet<string> = new Set([
  'isCreditCard',
  'isDecimal',
  'isFqdn',
  'isHSL',
  'isIBAN',
  'isIdentityCard',
  'isIsbn',
  'isLatLong',
  'isLatitude',
  'isLongitude',
  'isPassportNumber',
  'isStrongPassword',
  'isTaxId',
  'isTimeZone',
]);
/** No text of these formats is longer; to find that out of megabytes would take a tenth of a second. */
const LONGEST = 4_096;

/** The constraint, with the same verdicts, where class-validator's own takes too long over large values. */
export function quickConstraint(
  name: string,
  constraint: ValidatorConstraintInterface,
): ValidatorConstraintInterface {
  const validate = quickly(name, (value, args) => constraint.validate(value, args));
  if (validate === undefined) return constraint;
  return { validate, defaultMessage: (args) => constraint.defaultMessage?.(args) ?? '' };
}

function quickly(name: string, validate: Validate): Validate | undefined {
  if (name === 'isByteLength') return isByteLength;
  if (name === 'arrayUnique')
    return (value, args) =>
      validate(Array.isArray(value) ? IndexedList.from<unknown>(value) : value, args);
  if (SHORT.has(name))
    return (value, args) =>
      !(typeof value === 'string' && value.length > LONGEST) && validate(value, args);
  return undefined;
}

/** class-validator encodes the text and takes it to pieces. */
function isByteLength(value: unknown, args?: ValidationArguments): boolean {
  if (typeof value !== 'string') return false;
  const [least = 0, most = Infinity] = (args?.constraints ?? []) as (number | undefined)[];
  const bytes = Buffer.byteLength(value);
  return bytes >= least && bytes <= most;
}
