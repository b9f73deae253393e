import { type CallToolResult, McpError } from '@modelcontextprotocol/sdk/types.js';
import { checked, deniedByRoute, sameJson, sameText, type Words } from './assertions.js';
import { type Outcome, textOf, unexpected, valueOf, wordsOf } from './outcome.js';

/** What a guard's denial reads like when nobody gave it words of its own. */
const DENIED = /^(?:Forbidden|Unauthorized|Forbidden resource)$/;

/**
 * The result of a call, to be awaited as it is, or to be expected to be something. Whatever fails to be
 * what was expected is thrown as an `AssertionError`, with the difference, whatever the test runner.
 *
 * @example
 * await client.callTool(EchoTools, 'echo', ['hi']).expectText('hi');
 */
export class ToolCall extends Promise<CallToolResult> {
  /** What `then()` gives is an ordinary promise. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  static of(result: Promise<CallToolResult>): ToolCall {
    return new ToolCall((resolve) => resolve(result));
  }

  /** That the call succeeds, and its text is this, or matches. */
  expectText(text: Words): ToolCall {
    return this.expecting((result) => sameText(textOf(result), text));
  }

  /** That the call succeeds, and its text is the JSON of this value. */
  expectJson(value: unknown): ToolCall {
    return this.expecting((result) => sameJson(parsed(textOf(result)), value));
  }

  /** That the call succeeds, and its structured content is the JSON of this value. */
  expectStructured(value: unknown): ToolCall {
    return this.expecting(({ structuredContent }) => sameJson(structuredContent, value));
  }

  /** That the tool answers with an error (`isError`) of this text, or one that matches. */
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
   * That a guard denies the call: the tool's, which is an error with the words of Nest's 401 and 403, or the
   * route's, which is HTTP 401 or 403.
   * @param words those of a guard that has its own.
   */
  expectDenied(words?: Words): Promise<void> {
    return checked(this, (outcome) => {
      if (!('value' in outcome)) return deniedByRoute(outcome, words);
      const text = textOf(outcome.value);
      if (outcome.value.isError !== true) throw unexpected('a denial', text);
      sameText(text, words ?? DENIED);
    });
  }

  /** That the answer is an error of JSON-RPC, with this code and words; -32602 for a tool that is unknown or hidden. */
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
