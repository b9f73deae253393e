import { fileNameOf } from './file-name.js';

describe('the name of a file', () => {
  it.each([
    [undefined, undefined],
    ['inline', undefined],
    ['attachment; filename="a b.pdf"', 'a b.pdf'],
    ['attachment; filename="say \\"hi\\".txt"', 'say "hi".txt'],
    ['attachment; filename=a.pdf; size=3', 'a.pdf'],
    ['attachment; filename="a.pdf"; filename*=UTF-8\'\'%E2%82%AC.pdf', '€.pdf'],
    ["attachment; filename*=UTF-8''%ZZ; filename=a.pdf", 'a.pdf'],
    ['attachment; filename="../../etc/passwd"', 'passwd'],
    ['attachment; filename="C:\\\\x\\\\y.txt"', 'y.txt'],
    ['attachment; filename="a/"', undefined],
    [['attachment', 'filename=a.pdf'], 'a.pdf'],
  ])('is, of %j, %j', (disposition, name) => {
    expect(fileNameOf(disposition)).toBe(name);
  });
});
