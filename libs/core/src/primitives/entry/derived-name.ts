/**
 * The name of a tool, or of another primitive, from the name of its method. It is the name that the .NET SDK derives:
 * a trailing `Async` is dropped, characters other than letters and digits separate words, words are lower-cased and
 * joined by `_`.
 * `getWeatherAsync` → `get_weather`, `XMLReader` → `xml_reader`, `SHA512Hash` → `sha512_hash`.
 */
export function derivedName(methodName: string): string {
  const base = methodName.length > 5 ? methodName.replace(/Async$/, '') : methodName;
  const words = base.split(/[^0-9A-Za-z]/).filter((word) => word !== '');
  return snakeCase(words.length === 0 ? methodName : words.join('_'));
}

function snakeCase(words: string): string {
  return words
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();
}
