import { isJsonObject } from '../../interfaces/json.js';
import { isDateTime } from '../../protocol/definitions/date-time.js';
import { type Check, NOTHING_TO_CHECK } from '../findings/check.js';
import { DATE_TIME } from './rules/date-words.js';
import type { Carried, Holder } from './value-kind.js';

const FORMS = {
  Date: {
    accepts: isDateTime,
    words: `${DATE_TIME} (isDate)`,
  },
  bigint: {
    accepts: (text: string) => /^-?[0-9]{1,100}$/.test(text),
    words: 'must be a whole number in text, of at most 100 digits (isBigInt)',
  },
};

/** Checks the text that becomes a `Date` or a `bigint`, ahead of the conversion. */
export function carriedCheck(carried: Carried, holder: Holder): Check {
  if (carried === undefined) return NOTHING_TO_CHECK;
  const { accepts, words } = FORMS[carried];
  const one: Check = (value, path, findings) => {
    if (typeof value !== 'string' || !accepts(value)) findings.add(path, words);
  };
  if (holder === 'none') return one;
  return holder === 'map' ? ofValues(one) : ofItems(one);
}

function ofItems(check: Check): Check {
  return (value, path, findings) => {
    if (!Array.isArray(value)) return;
    for (const [index, one] of value.entries()) check(one, { parent: path, name: index }, findings);
  };
}

function ofValues(check: Check): Check {
  return (value, path, findings) => {
    if (!isJsonObject(value)) return;
    for (const name of Object.keys(value)) check(value[name], { parent: path, name }, findings);
  };
}
