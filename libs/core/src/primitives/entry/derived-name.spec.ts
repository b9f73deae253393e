import { assert, property, stringMatching } from 'fast-check';
import { derivedName } from './derived-name.js';

/**
 * `JsonNamingPolicy.SnakeCaseLower` of .NET on letters, digits and `_`: a digit
 * counts as a lower-case letter, anything but letters and digits starts anew.
 */
function snakeCaseLower(text: string): string {
  let state: 'start' | 'lower' | 'upper' = 'start';
  let written = '';
  for (const [index, char] of text.split('').entries()) {
    const isUpper = /[A-Z]/.test(char);
    const isFollowedByLower = /[a-z]/.test(text[index + 1] ?? '');
    if (isUpper && (state === 'lower' || (state === 'upper' && isFollowedByLower))) written += '_';
    written += char.toLowerCase();
    if (isUpper) state = 'upper';
    else state = /[a-z0-9]/.test(char) ? 'lower' : 'start';
  }
  return written;
}

describe('derivedName', () => {
  it.each([
    ['echo', 'echo'],
    ['getWeather', 'get_weather'],
    ['getWeatherAsync', 'get_weather'],
    ['GetWeatherAsync', 'get_weather'],
    ['XMLReader', 'xml_reader'],
    ['SHA512Hash', 'sha512_hash'],
    ['IPhone15Pro', 'i_phone15_pro'],
    ['get_Weather', 'get_weather'],
    ['Async', 'async'],
    ['async', 'async'],
    ['getAsyncJob', 'get_async_job'],
    ['AsyncAsync', 'async'],
    ['_Async', '_async'],
    ['doASYNC', 'do_async'],
    ['v2', 'v2'],
    ['v2Beta', 'v2_beta'],
    ['to2D', 'to2_d'],
    ['A1b', 'a1b'],
    ['AB1', 'ab1'],
    ['aB', 'a_b'],
    ['ABC', 'abc'],
    ['getURL', 'get_url'],
    ['getURLs', 'get_ur_ls'],
    ['get_weather', 'get_weather'],
    ['get__weather', 'get_weather'],
    ['__private__', 'private'],
    ['$inject', 'inject'],
    ['get$total', 'get_total'],
    ['größe', 'gr_e'],
    ['$', '$'],
    ['___', '___'],
    ['日本', '日本'],
  ])('makes of %s the name %s', (methodName, name) => {
    expect(derivedName(methodName)).toBe(name);
  });

  it('separates words as .NET does, for any sequence of letters and digits', () => {
    assert(
      property(stringMatching(/^[A-Za-z][A-Za-z0-9]{0,12}(_[A-Za-z0-9]{1,4})?$/), (methodName) => {
        const base = methodName.length > 5 ? methodName.replace(/Async$/, '') : methodName;
        const trimmed = base.replace(/_$/, '');
        expect(derivedName(methodName)).toBe(snakeCaseLower(trimmed));
      }),
      { numRuns: 3_000 },
    );
  });

  it('returns a name that clients accept, for every method name of ASCII letters and digits', () => {
    assert(
      property(stringMatching(/^[A-Za-z_$][A-Za-z0-9_$]{0,60}$/), (methodName) => {
        const name = derivedName(methodName);
        expect(/[a-z0-9]/i.test(methodName) ? name : 'a').toMatch(/^[a-z0-9_]+$/);
      }),
    );
  });
});
