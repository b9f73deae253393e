import { deepStrictEqual } from 'node:assert';
import type { Tool } from '@modelcontextprotocol/sdk/types.js';
import { checked, deniedByRoute, type Words } from './assertions.js';
import { valueOf } from './outcome.js';

/** The tools of all pages of `tools/list`. Await them, or check their names with an expectation; see `ToolCall`. */
export class ToolListing extends Promise<Tool[]> {
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  static of(tools: Promise<Tool[]>): ToolListing {
    return new ToolListing((resolve) => resolve(tools));
  }

  /** Expects that exactly these tools are listed, in any order. */
  expectOnly(...names: string[]): ToolListing {
    return this.expecting((listed) => deepStrictEqual(listed.toSorted(), names.toSorted()));
  }

  /** Expects that all of these tools are listed. */
  expectSome(...names: string[]): ToolListing {
    return this.expecting((listed) =>
      deepStrictEqual(
        names.filter((name) => listed.includes(name)),
        names,
      ),
    );
  }

  /** Expects that none of these tools is listed. */
  expectNone(...names: string[]): ToolListing {
    return this.expecting((listed) =>
      deepStrictEqual(
        names.filter((name) => listed.includes(name)),
        [],
      ),
    );
  }

  /** Expects that a guard of the route denies the request with HTTP 401 or 403. */
  expectDenied(words?: Words): Promise<void> {
    return checked(this, (outcome) => deniedByRoute(outcome, words));
  }

  private expecting(check: (names: string[]) => void): ToolListing {
    return ToolListing.of(
      checked(this, (outcome) => {
        const tools = valueOf(outcome);
        check(tools.map(({ name }) => name));
        return tools;
      }),
    );
  }
}
