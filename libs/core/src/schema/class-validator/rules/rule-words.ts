import { isJsonObject } from '../../../interfaces/json.js';
import { dateWords } from './date-words.js';

type Words = (constraints: readonly unknown[]) => string | undefined;

/** The longest list of values in a text. */
const MOST = 20;

/** What a rule accepts, with an example where the name alone does not say the form. */
const FORMS: Readonly<Record<string, string>> = {
  isLatLong: 'a latitude and a longitude, such as 52.52,13.4',
  isLatitude: 'a latitude, such as 52.52',
  isLongitude: 'a longitude, such as 13.4',
  isEmpty: 'empty: an empty string, null, or left out',
  isAlphanumeric: 'of letters and digits only',
  isAlpha: 'of letters only',
  isAscii: 'of ASCII characters only',
  isBase32: 'encoded as Base32',
  isBase58: 'encoded as Base58',
  isBase64: 'encoded as Base64',
  isBIC: 'a BIC (SWIFT code), such as DEUTDEFF',
  isBooleanString: 'a boolean as text: true, false, 1 or 0',
  isBtcAddress: 'a Bitcoin address',
  isCreditCard: 'the number of a credit card',
  isCurrency: 'an amount of money, such as $10.50',
  isDataURI: 'a data URI, such as data:text/plain,hello',
  isDecimal: 'a decimal number as text, such as 1.5',
  isEAN: 'an EAN (European Article Number)',
  isEthereumAddress: 'an Ethereum address: 0x and 40 hexadecimal digits',
  IsFirebasePushId: 'a Firebase push ID',
  isFqdn: 'a domain name, such as www.example.com',
  isHexadecimal: 'a hexadecimal number, such as ff09',
  isHexColor: 'a hexadecimal color, such as #ff8800',
  isHSL: 'an HSL color, such as hsl(30,100%,50%)',
  isIBAN: 'an IBAN, such as GB29NWBK60161331926819',
  isIsin: 'an ISIN (securities identifier), such as US0378331005',
  isISO31661Alpha2: 'an ISO 3166-1 alpha-2 country code, such as DE',
  isISO31661Alpha3: 'an ISO 3166-1 alpha-3 country code, such as DEU',
  isISO31661Numeric: 'an ISO 3166-1 numeric country code, such as 276',
  isISO4217CurrencyCode: 'an ISO 4217 currency code, such as EUR',
  isISO6391: 'an ISO 639-1 language code, such as de',
  isISRC: 'an ISRC, such as USRC17607839',
  isISSN: 'an ISSN, such as 0378-5955',
  isJson: 'JSON as text',
  isJwt: 'a JSON Web Token',
  isLocale: 'a locale, such as en_US',
  isLowercase: 'in lower case',
  isMacAddress: 'a MAC address, such as 00:11:22:33:44:55',
  isMagnetURI: 'a magnet URI',
  isMimeType: 'a MIME type, such as image/png',
  isMongoId: 'a MongoDB ObjectId: 24 hexadecimal digits',
  isNotEmptyObject: 'an object with at least one property',
  isNumberString: 'a number as text, such as "1.5"',
  isOctal: 'an octal number, such as 0755',
  isPort: 'the number of a port as text, from 0 to 65535',
  isRgbColor: 'an RGB color, such as rgb(255,136,0)',
  isSemVer: 'a semantic version, such as 1.2.3',
  isUppercase: 'in upper case',
  isUrl: 'a URL, such as https://example.com',
};

/** Rules whose first constraint restricts them to a region, a locale, a version or an algorithm. */
const OF: Readonly<Record<string, readonly [form: string, of: string]>> = {
  isHash: ['a hash', 'of the algorithm'],
  isIdentityCard: ['the number of an identity card', 'of'],
  isIp: ['an IP address', 'of version'],
  isIsbn: ['an ISBN', 'of'],
  isMobilePhone: ['the number of a mobile phone', 'of'],
  isPassportNumber: ['the number of a passport', 'of'],
  isPhoneNumber: ['a phone number', 'of'],
  isPostalCode: ['a postal code', 'of'],
  isTaxId: ['a tax number', 'of'],
};

const MORE: Readonly<Record<string, Words>> = {
  notEquals: ([value]) => `must not be ${textOf(value)}`,
  isNotIn: ([values]) => `must not be one of ${listOf(values)}`,
  contains: ([part]) => `must contain ${textOf(part)}`,
  notContains: ([part]) => `must not contain ${textOf(part)}`,
  arrayContains: ([values]) => `must contain ${listOf(values)}`,
  arrayNotContains: ([values]) => `must contain none of ${listOf(values)}`,
  arrayUnique: () => 'must contain no item twice',
  isFullWidth: () => 'must contain full-width characters',
  isHalfWidth: () => 'must contain half-width characters',
  isVariableWidth: () => 'must contain full-width and half-width characters',
  isMultibyte: () => 'must contain a character of several bytes',
  isSurrogatePair: () => 'must contain a surrogate pair, such as an emoji',
  isByteLength: ([least, most]) =>
    most === undefined
      ? `must be at least ${plain(least)} bytes long`
      : `must be ${plain(least)} to ${plain(most)} bytes long`,
  isPhoneNumber: ([region]) =>
    region === undefined
      ? 'must be a phone number with its country code, such as +4930123456'
      : undefined,
  isInstance: ([type]) =>
    typeof type === 'function' ? `must be of the class ${type.name}` : undefined,
  isNumber: ([options]) =>
    isJsonObject(options) && options.maxDecimalPlaces !== undefined
      ? `must have at most ${plain(options.maxDecimalPlaces)} decimal places`
      : undefined,
  isUuid: ([version]) =>
    version === undefined || version === 'all'
      ? undefined
      : `must be a UUID of version ${plain(version)}`,
  isStrongPassword: ([options]) => strongPassword(isJsonObject(options) ? options : {}),
};

/** What a rule of class-validator accepts, as in `must be a URL, …`; undefined for rules that this table does not list. */
export function wordsOfRule(name: string, constraints: readonly unknown[]): string | undefined {
  const date = isFixed(name, constraints) ? dateWords(name, constraints[0]) : undefined;
  const more = Object.hasOwn(MORE, name) ? MORE[name]?.(constraints) : undefined;
  return date ?? more ?? restricted(name, constraints) ?? formOf(name);
}

function formOf(name: string): string | undefined {
  return Object.hasOwn(FORMS, name) ? `must be ${FORMS[name]}` : undefined;
}

function restricted(name: string, [to]: readonly unknown[]): string | undefined {
  const [form, of] = (Object.hasOwn(OF, name) ? OF[name] : undefined) ?? [];
  if (form === undefined) return undefined;
  const values = (Array.isArray(to) ? (to as unknown[]) : [to]).filter(isShort).map(String);
  const isAny = values.length === 0 || values.includes('any');
  return isAny ? `must be ${form}` : `must be ${form} ${of} ${values.join(', ')}`;
}

/** The format says what `@IsDate()` accepts. The bound of `@MinDate(() => new Date())` is another one at each start. */
function isFixed(name: string, [constraint]: readonly unknown[]): boolean {
  if (name === 'isDate') return false;
  return !['minDate', 'maxDate'].includes(name) || typeof constraint !== 'function';
}

function isShort(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}

function listOf(values: unknown): string {
  const all = Array.isArray(values) ? (values as unknown[]) : [];
  const more = all.length > MOST ? ` and ${all.length - MOST} more` : '';
  return `${all.slice(0, MOST).map(textOf).join(', ')}${more}`;
}

/** A constraint in a text: a string in quotes, a class by its type. */
function textOf(value: unknown): string {
  const json: string | undefined = JSON.stringify(value);
  return json ?? typeof value;
}

/** A constraint that is a number or a name. */
function plain(value: unknown): string {
  return typeof value === 'string' ? value : textOf(value);
}

/** The defaults are those of class-validator. */
function strongPassword(options: Readonly<Record<string, unknown>>): string {
  const least = (name: string, byDefault = 1): string => plain(options[name] ?? byDefault);
  return (
    `must be a strong password: at least ${least('minLength', 8)} characters, of these ` +
    `${least('minLowercase')} lower-case, ${least('minUppercase')} upper-case, ` +
    `${least('minNumbers')} digits and ${least('minSymbols')} symbols`
  );
}
