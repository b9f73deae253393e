import { isJsonObject } from '../../interfaces/json.js';

const MIME_TYPES: ReadonlySet<unknown> = new Set([
  'image/png',
  'image/jpeg',
  'image/jpg',
  'image/webp',
  'image/gif',
  'image/svg+xml',
]);
const DATA_URL =
  /^data:(image\/[a-z+]+);base64,(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const SIZE = /^(?:any|[1-9]\d{0,4}x[1-9]\d{0,4})$/;
const MEMBERS: ReadonlySet<string> = new Set(['src', 'mimeType', 'sizes', 'theme']);

/** What is wrong with a list of icons, in words that follow its name (2025-11-25 base protocol, Icons). */
export function iconProblems(icons: unknown): string[] {
  if (icons === undefined) return [];
  if (!Array.isArray(icons)) return ['must be a list of icons: [{ src }]'];
  return icons.flatMap((icon: unknown, index) =>
    problemsOf(icon).map((words) => `[${index}]${words}`),
  );
}

function problemsOf(icon: unknown): string[] {
  if (!isJsonObject(icon)) return [' must be an icon: { src }'];
  const { src, mimeType, sizes, theme } = icon;
  const problems = Object.keys(icon)
    .filter((member) => !MEMBERS.has(member))
    .map((member) => `.${member} is no member of an icon`);
  if (!isSource(src))
    problems.push('.src must be an https: URL, or a data: URL with base64 of a picture');
  if (mimeType !== undefined && !MIME_TYPES.has(mimeType))
    problems.push(`.mimeType must be one of ${[...MIME_TYPES].join(', ')}`);
  if (sizes !== undefined && !isListOfSizes(sizes))
    problems.push('.sizes must be a list such as ["48x48", "any"]');
  if (theme !== undefined && theme !== 'light' && theme !== 'dark')
    problems.push('.theme must be "light" or "dark"');
  return problems;
}

function isSource(src: unknown): boolean {
  if (typeof src !== 'string') return false;
  const [, mimeType] = DATA_URL.exec(src) ?? [];
  if (mimeType !== undefined) return MIME_TYPES.has(mimeType);
  return /^https:\/\//i.test(src) && URL.canParse(src) && new URL(src).username === '';
}

function isListOfSizes(sizes: unknown): boolean {
  return Array.isArray(sizes) && sizes.every((size) => typeof size === 'string' && SIZE.test(size));
}
