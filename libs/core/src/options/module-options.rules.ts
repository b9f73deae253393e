import { paramNames } from '../addresses/path-pattern.js';
import type { MODULE_OPTIONS } from './module-options.table.js';
import type { OptionProblem } from './option-problems.js';
import type { SettingsOf } from './option-row.js';

export type ModuleOptionSettings = SettingsOf<typeof MODULE_OPTIONS>;

/**
 * Finds options that are valid by themselves but conflict with each other.
 * @param wrong paths of invalid options, which are not compared
 */
export function relationProblems(
  settings: ModuleOptionSettings,
  wrong: ReadonlySet<string | undefined>,
): OptionProblem[] {
  return [...bufferProblems(settings, wrong), ...ssePathProblems(settings, wrong)];
}

/** A body of the largest size must fit into the buffers. A default that is too small was raised before. */
function bufferProblems(
  settings: ModuleOptionSettings,
  wrong: ReadonlySet<string | undefined>,
): OptionProblem[] {
  if (wrong.has('limits.bodyBytes')) return [];
  return (['limits.bufferedBytes', 'limits.bufferedBytesPerAddress'] as const)
    .filter((option) => settings[option] < settings['limits.bodyBytes'])
    .map((option) => ({
      path: option,
      option,
      words: 'must be at least limits.bodyBytes',
    }));
}

function ssePathProblems(
  settings: ModuleOptionSettings,
  wrong: ReadonlySet<string | undefined>,
): OptionProblem[] {
  const option = 'transports.sse.messagesPath';
  const stream = settings['transports.sse.path'];
  const messages = settings[option];
  if (settings['transports.sse'] === false) return [];
  if (['path', 'transports.sse.path', option].some((one) => wrong.has(one))) return [];
  const words = [
    ...(stream === messages ? ['must differ from transports.sse.path'] : []),
    ...paramsProblem(settings.path ?? '', stream, messages),
  ];
  return words.map((text) => ({ path: option, option, words: text }));
}

/**
 * Both URLs must have the same parameters, because a session is found again only with the values that it was
 * opened with.
 */
function paramsProblem(base: string, stream: string, messages: string): string[] {
  const of = (tail: string): string[] => paramNames(`${base}/${tail}`).toSorted();
  const [first, second] = [of(stream), of(messages)];
  if (new Set(first).size < first.length)
    return ['must not repeat a parameter, including those of path'];
  return first.join() === second.join()
    ? []
    : [
        'must have the same parameters as transports.sse.path: a message finds its session only with the same values',
      ];
}
