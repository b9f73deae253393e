import { types } from 'node:util';

/** The request and the response are the first arguments of an enhancer. */
const HTTP_ARGUMENTS = 2;
/** What the errors of the engine say when code uses a value that is absent. */
const ABSENT = ['undefined', 'null', 'weak map key'];

/**
 * The arguments of an enhancer in a call without HTTP. They note whether the enhancer asked for the request or the
 * response, and change nothing else: the request is undefined, so no guard decides otherwise, and an argument that an
 * enhancer replaces is replaced for those after it.
 */
export class NotedArguments {
  readonly args: unknown[];
  private wasAsked = false;

  constructor(args: unknown[]) {
    this.args = [...args];
    for (const index of args.keys())
      Object.defineProperty(this.args, index, {
        enumerable: true,
        configurable: true,
        get: () => {
          if (index < HTTP_ARGUMENTS) this.wasAsked = true;
          return args[index];
        },
        set: (value: unknown) => {
          args[index] = value;
        },
      });
  }

  /** Whether an error is the consequence of what the enhancer asked for in vain. */
  explains(thrown: unknown): boolean {
    return this.wasAsked && usesAbsent(thrown);
  }
}

/** Whether an error was thrown because code used undefined or null like an object. */
export function usesAbsent(thrown: unknown): boolean {
  try {
    return (
      types.isNativeError(thrown) &&
      thrown.name === 'TypeError' &&
      ABSENT.some((words) => thrown.message.includes(words))
    );
  } catch {
    return false;
  }
}
