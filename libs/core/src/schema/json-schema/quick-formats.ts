import type { Format } from 'ajv/dist/2020.js';
import { fullFormats } from 'ajv-formats/dist/formats.js';

type Validate = (text: string) => boolean;

/** The longest text of each short format, in characters. A longer text is refused without being parsed. */
const LONGEST: Readonly<Record<string, number>> = {
  date: 256,
  time: 256,
  'date-time': 256,
  'iso-time': 256,
  'iso-date-time': 256,
  duration: 256,
  email: 4_096,
  regex: 65_536,
};
/** Only a `data:` URI, which contains bytes, may be longer. */
const LONGEST_URI = 65_536;

/**
 * The formats of JSON Schema and OpenAPI, in linear time and with little work for a long text. ajv-formats checks
 * `url` with a regular expression that backtracks at every colon and every `@`.
 */
export const QUICK_FORMATS: Readonly<Record<string, Format>> = {
  ...fullFormats,
  ...Object.fromEntries(
    Object.entries(LONGEST).map(([name, longest]) => [name, within(longest, validateOf(name))]),
  ),
  uri: boundedUri(validateOf('uri')),
  'uri-reference': boundedUri(validateOf('uri-reference')),
  url: isUrl,
};

function validateOf(name: string): Validate {
  const format = fullFormats[name as keyof typeof fullFormats] as
    RegExp | Validate | { validate: Validate };
  if (format instanceof RegExp) return (text) => format.test(text);
  return typeof format === 'function' ? format : format.validate;
}

function within(longest: number, validate: Validate): Validate {
  return (text) => text.length <= longest && validate(text);
}

function boundedUri(validate: Validate): Validate {
  return (text) => (text.length <= LONGEST_URI || /^data:/i.test(text)) && validate(text);
}

const SPACE = /\s/;
const BEFORE_HOST = /^(?:https?|ftp):\/\//i;
/** The name or the address (not a private one) of a host, its port, and the start of a path. */
const HOST =
  /^(?:(?!(?:10|127)(?:\.\d{1,3}){3})(?!(?:169\.254|192\.168)(?:\.\d{1,3}){2})(?!172\.(?:1[6-9]|2\d|3[0-1])(?:\.\d{1,3}){2})(?:[1-9]\d?|1\d\d|2[01]\d|22[0-3])(?:\.(?:1?\d{1,2}|2[0-4]\d|25[0-5])){2}\.(?:[1-9]\d?|1\d\d|2[0-4]\d|25[0-4])|(?:[a-z0-9\u{a1}-\u{ffff}]+-)*[a-z0-9\u{a1}-\u{ffff}]+(?:\.(?:[a-z0-9\u{a1}-\u{ffff}]+-)*[a-z0-9\u{a1}-\u{ffff}]+)*\.[a-z\u{a1}-\u{ffff}]{2,})(?::\d{2,5})?(?:\/|$)/iu;
const LONGEST_HOST = 2_048;

/** As in ajv-formats, the text ahead of any `@` may be a user name. */
function isUrl(text: string): boolean {
  const start = BEFORE_HOST.exec(text)?.[0].length;
  if (start === undefined || SPACE.test(text)) return false;
  for (let at = start; at !== 0; at = text.indexOf('@', at) + 1)
    if (isHostAt(text, at) && at !== start + 1) return true;
  return false;
}

function isHostAt(text: string, at: number): boolean {
  const [host = ''] = text.slice(at, at + LONGEST_HOST).split(/[/@]/, 1);
  return host.length < LONGEST_HOST && HOST.test(text.slice(at, at + host.length + 1));
}
