import { paramNames } from '../addresses/path-pattern.js';
import type { MODULE_OPTIONS } from './module-options.table.js';
import type { OptionProblem } from './option-problems.js';
import type { SettingsOf } from './option-row.js';

export type ModuleOptionSettings = SettingsOf<typeof MODULE_OPTIONS>;

/** What is wrong between options that are right by themselves; `wrong` are those that are not. */
export function relationProblems(
  settings: ModuleOptionSettings,
  wrong: ReadonlySet<string | undefined>,
): OptionProblem[] {
  return [...bufferProblems(settings, wrong), ...ssePathProblems(settings, wrong)];
}

/** A body of the largest size has to fit. Defaults are raised to it. */
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
      words: 'must be no less than limits.bodyBytes',
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

/** A session is found again by the values it was opened under, so both URLs must have all of them. */
function paramsProblem(base: string, stream: string, messages: string): string[] {
  const of = (tail: string): string[] => paramNames(`${base}/${tail}`).toSorted();
  const [first, second] = [of(stream), of(messages)];
  if (new Set(first).size < first.length)
    return ['must have no parameter twice, those of path included'];
  return first.join() === second.join()
    ? []
    : [
        'must have the same parameters as transports.sse.path: the URL of a message says whose session it is for',
      ];
}
