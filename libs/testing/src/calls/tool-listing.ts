import { deepStrictEqual } from 'node:assert';
import type { Tool } from '@modelcontextprotocol/sdk/types.js';
import { checked, deniedByRoute, type Words } from './assertions.js';
import { valueOf } from './outcome.js';

/** The tools of `tools/list`, every page of it, to be awaited, or to be expected to be these; see `ToolCall`. */
export class ToolListing extends Promise<Tool[]> {
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  static of(tools: Promise<Tool[]>): ToolListing {
    return new ToolListing((resolve) => resolve(tools));
  }

  /** That tools of these names are listed and no others, in whatever order. */
  expectOnly(...names: string[]): ToolListing {
    return this.expecting((listed) => deepStrictEqual(listed.toSorted(), names.toSorted()));
  }

  /** That all of these are listed. */
  expectSome(...names: string[]): ToolListing {
    return this.expecting((listed) =>
      deepStrictEqual(
        names.filter((name) => listed.includes(name)),
        names,
      ),
    );
  }

  /** That none of these is listed. */
  expectNone(...names: string[]): ToolListing {
    return this.expecting((listed) =>
      deepStrictEqual(
        names.filter((name) => listed.includes(name)),
        [],
      ),
    );
  }

  /** That a guard of the route denies the request, with HTTP 401 or 403. */
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
