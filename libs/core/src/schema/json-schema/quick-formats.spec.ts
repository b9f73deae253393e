import { Ajv2020 } from 'ajv/dist/2020.js';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { array, assert, constantFrom, property } from 'fast-check';
import { cpuMilliseconds } from '../../../../../test/support/cpu-time.js';
import { validatorOf } from './json-schema-validator.js';

const NAMES = Object.keys(fullFormats);
const PARTS = `
  http:// https://u: ftp:// @ :@ a.de 1.2.3.4 10.0.0.1 b-c .com :8080 : / // ? # %20 é 漢 - . a 0 _ data: ,
  2026-01-31 T 12:00:00 Z +01:00 .5 P 1Y T1H ( [ { } ~1 ~ mailto: == Aa+/ [::1] ::
`.split(/\s+/);
const LENGTH = 100_000;
const MOST_MS = 60;

const accepts = (format: string) => {
  const findings = validatorOf({ type: 'object', properties: { text: { format } } });
  return (text: string) => findings({ text }).total === 0;
};

describe.each(NAMES)('the format %s', (format) => {
  const quick = accepts(format);

  it('returns the verdict of ajv-formats for a short text', () => {
    const byAjv = new Ajv2020({ strict: false, formats: fullFormats }).compile({ format });
    const text = array(constantFrom(...PARTS, ' ', '\n'), { maxLength: 7 });
    assert(
      property(text, (parts) => {
        expect([parts, quick(parts.join(''))]).toEqual([parts, byAjv(parts.join(''))]);
      }),
      { numRuns: 300 },
    );
  });

  it('checks a long text in a bounded time', () => {
    const leads = ['', 'http://'];
    for (const part of PARTS.filter((one) => one !== ''))
      for (const lead of leads) {
        const whole = lead + part.repeat(LENGTH / part.length);
        for (const text of [`${whole.slice(0, 10_000)} `, `${whole} `]) {
          const spent = cpuMilliseconds(() => quick(text), MOST_MS);
          expect({ tooSlowWith: spent > MOST_MS ? [lead, part, text.length] : [] }).toEqual({
            tooSlowWith: [],
          });
        }
      }
  });
});
