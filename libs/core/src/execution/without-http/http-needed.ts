import { HTTP_NEEDED } from '../../messages/call.messages.js';
import { HTTP_NEEDED_BY } from '../../messages/log.messages.js';
import { McpException } from '../../protocol/mcp.exception.js';
import { McpContext } from '../context/mcp-context.js';
import { logFailureAs } from '../results/failure-reference.js';
import { type NotedArguments, usesAbsent } from './noted-arguments.js';

/** One enhancer during a call without HTTP. */
export interface Attempt {
  /** The enhancer, for messages: `the guard JwtAuthGuard`. */
  readonly name: string;
  /** The instance, if it can have an injected request. */
  readonly instance?: object;
  /** The arguments that it gets, if it gets any. */
  readonly noted?: NotedArguments;
}

/**
 * Returns what to throw instead of the error of an enhancer. If the enhancer needs an HTTP request, that is an error
 * that says so to the client, and the log has a line under its reference. Any other error is returned unchanged.
 */
export function explained(attempt: Attempt, thrown: unknown): unknown {
  const context = McpContext.current();
  if (context === undefined || !needsHttp(attempt, thrown)) return thrown;
  const { primitive } = context;
  const reference = logFailureAs((id) => HTTP_NEEDED_BY(primitive.where, attempt.name, id), thrown);
  return new McpException(HTTP_NEEDED(primitive, attempt.name, reference));
}

/** Whether an enhancer failed because there is no HTTP request. */
export function needsHttp({ instance, noted }: Attempt, thrown: unknown): boolean {
  if (noted?.explains(thrown) === true) return true;
  return instance !== undefined && usesAbsent(thrown) && hasContextAsRequest(instance);
}

/** Whether `REQUEST` was injected into an enhancer. Without HTTP, it is the context of the call. */
function hasContextAsRequest(instance: object): boolean {
  return Object.values(instance).some((value) => value instanceof McpContext);
}

/** The attempt of an enhancer of a kind. */
export function attemptOf(kind: string, instance: object, noted?: NotedArguments): Attempt {
  const name = `the ${kind} ${instance.constructor.name}`;
  return noted === undefined ? { name, instance } : { name, instance, noted };
}
