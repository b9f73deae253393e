import { isJsonObject } from '../../interfaces/json.js';
import { nearestName } from '../../messages/nearest-name.js';
import { NOT_AN_OPTION } from '../../messages/option.messages.js';

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
const THEMES: ReadonlySet<unknown> = new Set(['light', 'dark', undefined]);
const MEMBERS: readonly string[] = ['src', 'mimeType', 'sizes', 'theme'];

/** A problem of an icon, and its path in the list: `[0].src`. */
export interface IconProblem {
  readonly path: string;
  readonly words: string;
}

/** Returns the problems of a list of icons (2025-11-25 base protocol, Icons). */
export function iconProblems(icons: unknown): IconProblem[] {
  if (icons === undefined) return [];
  if (!Array.isArray(icons)) return [{ path: '', words: 'must be a list of icons: [{ src }]' }];
  return icons.flatMap((icon: unknown, index) =>
    problemsOf(icon).map(({ path, words }) => ({ path: `[${index}]${path}`, words })),
  );
}

function problemsOf(icon: unknown): IconProblem[] {
  if (!isJsonObject(icon)) return [{ path: '', words: 'must be an icon: { src }' }];
  const { src, mimeType, sizes, theme } = icon;
  const unknown = Object.keys(icon)
    .filter((member) => !MEMBERS.includes(member))
    .map((member) => ({ member, nearest: nearestName(member, MEMBERS) }));
  const problems = unknown.map(({ member, nearest }) => ({
    path: `.${member}`,
    words: NOT_AN_OPTION(nearest),
  }));
  const meant = new Set(unknown.map(({ nearest }) => nearest));
  const check = (member: string, isFine: boolean, words: string): void => {
    if (!isFine && !meant.has(member)) problems.push({ path: `.${member}`, words });
  };
  const names = [...MIME_TYPES].join(', ');
  check('src', isSource(src), 'must be an https: URL, or a data: URL with base64 of a picture');
  check('mimeType', mimeType === undefined || MIME_TYPES.has(mimeType), `must be one of ${names}`);
  check('sizes', isListOfSizes(sizes), 'must be a list such as ["48x48", "any"]');
  check('theme', THEMES.has(theme), 'must be "light" or "dark"');
  return problems;
}

function isSource(src: unknown): boolean {
  if (typeof src !== 'string') return false;
  const [, mimeType] = DATA_URL.exec(src) ?? [];
  if (mimeType !== undefined) return MIME_TYPES.has(mimeType);
  return /^https:\/\//i.test(src) && URL.canParse(src) && new URL(src).username === '';
}

function isListOfSizes(sizes: unknown): boolean {
  if (sizes === undefined) return true;
  if (!Array.isArray(sizes)) return false;
  return sizes.every((size) => typeof size === 'string' && SIZE.test(size));
}
