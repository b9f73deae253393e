const HOUR = '(?:[01]\\d|2[0-3])';
const SIXTIETH = '[0-5]\\d';
const FRACTION = '(?:[.,]\\d+)?';
const SECONDS = `(?:${SIXTIETH}${FRACTION})?`;
const ZONE = `(?:[zZ]|[+-]${HOUR}:?(?:${SIXTIETH})?)?`;
/** With colons, only the last of minutes and seconds has a fraction. Without, digits may follow in any number. */
const CLOCK = `(?:${HOUR}:${SIXTIETH}(?:[.,]\\d+|:${SIXTIETH}${FRACTION})?|(?:(?:${HOUR}(?:${SIXTIETH})?|24:?00)${FRACTION})?${SECONDS})`;

const MONTH = '(?:0[1-9]|1[0-2])';
const DAY = '(?:0[1-9]|[12]\\d|3[01])';
const WEEK = 'W(?:[0-4]\\d|5[0-3])(?:-?[1-7])?';
const ORDINAL = '(?:00[1-9]|0[1-9]\\d|[12]\\d{2}|3(?:[0-5]\\d|6[1-6]))';
const DATE = `(?:-(?:${MONTH}(?:-${DAY})?|${WEEK}|${ORDINAL})|${MONTH}${DAY}|${WEEK}|${ORDINAL})`;

/**
 * The pattern of the ISO 8601 dates that class-validator accepts. Its own expression refers back to groups and looks
 * ahead, which the regular expressions of clients in Go and Rust cannot: they would refuse the whole tool.
 */
export function isoDatePattern(separator: 'T' | '[T\\s]'): string {
  const time = `${CLOCK}${ZONE}`;
  // A year and a month without a hyphen need a time that begins with a letter.
  return `^[+-]?\\d{4}(?:${DATE}(?:${separator}${time})?|${MONTH}T${time})?$`;
}
