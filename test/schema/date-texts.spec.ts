import { Ajv2020 } from 'ajv/dist/2020.js';
import * as rules from 'class-validator';
import * as fc from 'fast-check';
import { classSchema } from '../support/fixtures/class-schema.js';
import { cpuMilliseconds } from '../support/cpu-time.js';

const ajv = new Ajv2020({ strict: true });

/** Whether the published schema accepts a text, and whether class-validator does. */
function verdicts(...options: Parameters<typeof rules.IsDateString>) {
  class Dto {
    x!: string;
  }
  rules.IsDateString(...options)(Dto.prototype, 'x');
  const validate = ajv.compile(classSchema(Dto));
  return {
    published: (x: string): boolean => validate({ x }),
    accepted: (x: string): boolean => rules.isDateString(x, options[0]),
  };
}

const YEARS = ['2026', '-2026', '+2026', '202', '20261', '0000'];
const SEPARATORS = ['', '-', '/', '--'];
const DAYS = [
  '',
  '01',
  '12',
  '13',
  '00',
  '01-31',
  '0131',
  '02-30',
  '01-32',
  '01-00',
  '131',
  '1-1',
  '0101',
  'W01',
  'W53',
  'W54',
  'W05-1',
  'W051',
  'W05-8',
  '001',
  '366',
  '367',
  '000',
  '1',
  '12-',
  '01-3',
];
const JOINTS = ['', 'T', ' ', '\t', 't', 'TT', '_', '\u00a0'];
const CLOCKS = [
  '',
  '10',
  '1',
  '24',
  '24:00',
  '2400',
  '24:01',
  '10:30',
  '1030',
  '10:60',
  '10:30:59',
  '103059',
  '10:30:60',
  '10:3059',
  '1030:59',
  '10.5',
  '10,5',
  '10:30.5',
  '10:30.55',
  '10:30.5:20',
  '30.5',
  '1030.520.5',
  '10:30:59.123',
  '10:30:59.',
  '10:30.520.5',
  '24:00:00',
  '24:0030',
  '10:30:',
  '99',
];
const ZONES = [
  '',
  'Z',
  'z',
  '+01:00',
  '-0130',
  '+01',
  '+25:00',
  '+1',
  '+01:',
  '+01:60',
  ' Z',
  'ZZ',
];

/** Every combination of the parts of a date. */
const TEXTS = YEARS.flatMap((year) =>
  SEPARATORS.flatMap((separator) =>
    DAYS.flatMap((day) =>
      JOINTS.flatMap((joint) =>
        CLOCKS.flatMap((clock) =>
          ZONES.map((zone) => `${year}${separator}${day}${joint}${clock}${zone}`),
        ),
      ),
    ),
  ),
);

describe('the published schema of @IsDateString()', () => {
  it.each([
    ['by default', undefined],
    ['with a strict separator', { strictSeparator: true }],
  ])('accepts exactly the texts that the rule accepts, %s', (_, options) => {
    const { published, accepted } = verdicts(options);
    const different = TEXTS.filter((text) => published(text) !== accepted(text));
    expect(different.slice(0, 9)).toEqual([]);
    expect(TEXTS.length).toBeGreaterThan(100_000);
    expect(TEXTS.filter(accepted).length).toBeGreaterThan(1_000);
  });

  it('accepts exactly what the rule accepts of generated texts', () => {
    expect.hasAssertions();
    const { published, accepted } = verdicts();
    const characters = fc.constantFrom(...'0123459TWZ:-+., '.split(''));
    const near = fc
      .tuple(
        fc.constantFrom(...TEXTS.filter(accepted)),
        fc.nat(30),
        fc.string({ unit: characters, maxLength: 2 }),
        fc.nat(3),
      )
      .map(([text, at, more, less]) => text.slice(0, at) + more + text.slice(at + less));
    fc.assert(
      fc.property(near, (text) => {
        expect([text, published(text)]).toEqual([text, accepted(text)]);
      }),
      { numRuns: 20_000 },
    );
  });

  it('accepts what the rule accepts if the day has to exist', () => {
    const { published, accepted } = verdicts({ strict: true });
    expect(TEXTS.filter((text) => accepted(text) && !published(text)).slice(0, 9)).toEqual([]);
    expect(accepted('2026-02-30')).toBe(false);
  });

  it('has neither references to groups nor assertions, which expressions in Go and Rust lack', () => {
    class Dto {
      @rules.IsISO8601()
      x!: string;
    }
    const { pattern } = (classSchema(Dto).properties as { x: { pattern: string } }).x;
    expect(pattern).not.toMatch(/\\[1-9]|\(\?[=!<]/);
    const expression = new RegExp(pattern, 'u');
    for (const text of [`2026-01-01T10.${'1'.repeat(64_000)}x`, '2'.repeat(64_000)])
      expect(cpuMilliseconds(() => expression.test(text), 10)).toBeLessThan(10);
  });
});
