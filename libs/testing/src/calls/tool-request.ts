import type { Type } from '@nestjs/common';
import { toolReference } from '@nestmcp/core';
import { refuseUnknown } from '../known-options.js';

/** A call by the class and method of its tool, or by its name. */
export type ToolTarget = string | Type;

export interface CallOptions {
  /** Cancels the call when it is aborted. */
  signal?: AbortSignal;
  /** Is told the progress of the call. Without it, no progress is asked for. */
  onProgress?: (progress: { progress: number; total?: number; message?: string }) => void;
}

export interface ToolRequest {
  readonly name: string;
  readonly args: object;
  readonly options: CallOptions;
}

/**
 * Reads `(name, args?, options?)` and `(class, method, args?, options?)`.
 * @throws TypeError for an unknown option, and when the method is no tool, or a tool of another server only.
 */
export function toolRequest(
  target: ToolTarget,
  rest: readonly unknown[],
  server: string,
): ToolRequest {
  if (typeof target === 'string') {
    const [args = {}, options = {}] = rest as [object?, CallOptions?];
    return { name: target, args, options: checked(options) };
  }
  const [methodName, args = {}, options = {}] = rest as [string, object?, CallOptions?];
  const { name, servers, parameters } = toolReference(target, methodName);
  if (servers.length > 0 && !servers.includes(server))
    throw new TypeError(
      `${target.name} has tools of ${servers.join(', ')}; this client is connected to ${server}`,
    );
  return {
    name,
    args: Array.isArray(args) ? named(parameters, args) : args,
    options: checked(options),
  };
}

function checked(options: CallOptions): CallOptions {
  refuseUnknown('callTool()', options, { signal: true, onProgress: true });
  return options;
}

/** What is undefined is left out: the server then says what it misses. */
function named(
  parameters: ReturnType<typeof toolReference>['parameters'],
  values: readonly unknown[],
): object {
  return Object.assign(
    {},
    ...parameters
      .filter(({ index }) => values[index] !== undefined)
      .map(({ index, argument }) =>
        argument === undefined ? values[index] : { [argument]: values[index] },
      ),
  ) as object;
}
