import { resolve } from 'node:path';
import { cpuMilliseconds } from '../support/cpu-time.js';
import { hostileTexts } from '../support/fixtures/hostile-text.js';
import { expressionsIn } from '../support/regular-expressions.js';

/** The CPU time that an expression may use for a text of 64 KB. */
const WITHIN_MS = 10;

const FOUND = expressionsIn(resolve('libs'));

/** Runs the expression as the code does: with `g`, it finds every match. */
function run(expression: RegExp, text: string): void {
  if (expression.global) text.replace(expression, '');
  else expression.exec(text);
}

/** The text that is slowest for an expression. Short texts run first, since worse than quadratic would not end. */
function slowest(expression: RegExp): { milliseconds: number; text: string } {
  let worst = { milliseconds: 0, text: '' };
  for (const whole of hostileTexts(expression))
    for (const length of [24, 1_024, 8_192, whole.length]) {
      const text = whole.slice(0, length - 4) + whole.slice(-4);
      const milliseconds = cpuMilliseconds(() => run(expression, text), WITHIN_MS);
      if (milliseconds > worst.milliseconds) worst = { milliseconds, text: text.slice(0, 40) };
      if (milliseconds > WITHIN_MS) return worst;
    }
  return worst;
}

describe('the regular expressions of the libraries', () => {
  it('are found', () => {
    expect(FOUND.length).toBeGreaterThan(40);
  });

  it('are literals, except one that the application supplies, which is only compiled', () => {
    const made = FOUND.filter(({ expression }) => expression === undefined);
    expect(made.map(({ place }) => place.replace(/:\d+$/, ''))).toEqual([
      'libs/core/src/schema/class-validator/rule-keywords.ts',
    ]);
  });

  it.each(
    FOUND.flatMap(({ place, expression }) =>
      expression ? [[place, expression.source, expression] as const] : [],
    ),
  )('%s is linear: %s', (_, __, expression) => {
    const { milliseconds, text } = slowest(expression);
    expect({ tooSlowWith: milliseconds > WITHIN_MS ? text : undefined }).toEqual({
      tooSlowWith: undefined,
    });
  });
});

describe('the hostile texts', () => {
  it.each([
    /^[\t ]+|[\t ]+$/g,
    /\n\s+at [\s\S]*$/,
    /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-?8"?\s*)?;?\s*$/i,
    /^_+|_+$/g,
    /^(?:a+)+$/,
    /"[^x]*x/,
  ])('show that %s is not linear', (expression) => {
    expect(slowest(expression).milliseconds).toBeGreaterThan(WITHIN_MS);
  });
});
