import type { Type } from '@nestjs/common';
import { toolReference } from '@nestmcp/core';
import { refuseUnknown } from '../known-options.js';

/** The target of a call: the name of a tool, or the class that has its method. */
export type ToolTarget = string | Type;

export interface CallOptions {
  /** Cancels the call when the signal aborts. */
  signal?: AbortSignal;
  /** Called with each progress notification. Without it, the client does not ask for progress. */
  onProgress?: (progress: { progress: number; total?: number; message?: string }) => void;
}

export interface ToolRequest {
  readonly name: string;
  readonly args: object;
  readonly options: CallOptions;
}

/**
 * Reads `(name, args?, options?)` and `(class, method, args?, options?)`.
 * @throws TypeError when an option is unknown, the method is not a tool, or the tool belongs only to other servers
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

/** Maps values to the names of arguments. Leaves out undefined, so that the server reports missing arguments. */
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
