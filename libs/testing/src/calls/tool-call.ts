import { type CallToolResult, McpError } from '@modelcontextprotocol/sdk/types.js';
import { checked, deniedByRoute, sameJson, sameText, type Words } from './assertions.js';
import { type Outcome, textOf, unexpected, valueOf, wordsOf } from './outcome.js';

/** The default messages of a guard's denial. */
const DENIED = /^(?:Forbidden|Unauthorized|Forbidden resource)$/;

/**
 * The result of a call. Await it, or check it with an expectation and await that. A failed expectation rejects with an
 * `AssertionError` that shows the difference, in any test runner.
 *
 * @example
 * await client.callTool(EchoTools, 'echo', ['hi']).expectText('hi');
 */
export class ToolCall extends Promise<CallToolResult> {
  /** Makes `then()` return an ordinary promise. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  static of(result: Promise<CallToolResult>): ToolCall {
    return new ToolCall((resolve) => resolve(result));
  }

  /** Expects that the call succeeds and that its text is equal to `text`, or matches it. */
  expectText(text: Words): ToolCall {
    return this.expecting((result) => sameText(textOf(result), text));
  }

  /** Expects that the call succeeds and that its text is the JSON of `value`. */
  expectJson(value: unknown): ToolCall {
    return this.expecting((result) => sameJson(parsed(textOf(result)), value));
  }

  /** Expects that the call succeeds and that its structured content is the JSON of `value`. */
  expectStructured(value: unknown): ToolCall {
    return this.expecting(({ structuredContent }) => sameJson(structuredContent, value));
  }

  /** Expects that the result is an error (`isError`) whose text is equal to `text`, or matches it. */
  expectError(text: Words): ToolCall {
    return ToolCall.of(
      checked(this, (outcome) => {
        const result = valueOf(outcome);
        if (result.isError !== true) throw unexpected('an error', textOf(result));
        sameText(textOf(result), text);
        return result;
      }),
    );
  }

  /**
   * Expects that a guard denies the call. A guard of the tool causes an error result with the message of Nest's 401 or
   * 403; a guard of the route causes HTTP 401 or 403.
   * @param words the message, if the guard has its own
   */
  expectDenied(words?: Words): Promise<void> {
    return checked(this, (outcome) => {
      if (!('value' in outcome)) return deniedByRoute(outcome, words);
      const text = textOf(outcome.value);
      if (outcome.value.isError !== true) throw unexpected('a denial', text);
      sameText(text, words ?? DENIED);
    });
  }

  /** Expects a JSON-RPC error with `code` and a message that matches `words`. The code of an unknown or hidden tool is -32602. */
  expectProtocolError(code: number, words: RegExp = /(?:)/): Promise<void> {
    return checked(this, (outcome) => {
      const error = protocolErrorOf(outcome);
      if (error.code !== code) throw unexpected(code, `${error.code}: ${error.message}`);
      sameText(error.message, words);
    });
  }

  private expecting(check: (result: CallToolResult) => void): ToolCall {
    return ToolCall.of(
      checked(this, (outcome) => {
        const result = valueOf(outcome);
        if (result.isError === true) throw unexpected('a success', textOf(result));
        check(result);
        return result;
      }),
    );
  }
}

function protocolErrorOf(outcome: Outcome<CallToolResult>): McpError {
  if ('value' in outcome) throw unexpected('an error of the protocol', textOf(outcome.value));
  if (outcome.error instanceof McpError) return outcome.error;
  throw unexpected('an error of the protocol', wordsOf(outcome.error));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unexpected('JSON', text);
  }
}
