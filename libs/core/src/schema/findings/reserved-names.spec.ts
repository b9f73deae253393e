import { Findings, lineOf } from './findings.js';
import { reservedNames } from './reserved-names.js';

const found = (json: string) => {
  const findings = new Findings();
  reservedNames(JSON.parse(json), findings);
  return findings.list.map(lineOf);
};

describe('reservedNames', () => {
  it.each([
    ['{"__proto__":{"admin":true}}', '__proto__'],
    ['{"constructor":1}', 'constructor'],
    ['{"prototype":null}', 'prototype'],
    ['{"a":{"toString":1}}', 'a.toString'],
    ['{"hasOwnProperty":1}', 'hasOwnProperty'],
    ['{"a":{"b":[{},{"__proto__":1}]}}', 'a.b[1].__proto__'],
    ['{"a":[[{"constructor":{"prototype":{}}}]]}', 'a[0][0].constructor'],
  ])('finds the one in %s by its path', (json, path) => {
    expect(found(json)).toEqual([`${path}: is a reserved name (whitelistValidation)`]);
  });

  it.each(['{}', '{"proto":1,"a":{"construct":[]}}', '{"a":"__proto__","b":["constructor"]}'])(
    'finds none in %s',
    (json) => {
      expect(found(json)).toEqual([]);
    },
  );
});
