import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { freePort } from '../free-port.js';
import { ProcessGroup } from './process-group.js';

const MAIN = resolve('examples/enterprise/dist/src/main.js');
const BUILD = 'npm run build:libs && cd examples/enterprise && npm ci && npm run build';

/** `describe`, skipped when the example is not built. With `REQUIRE_EXAMPLE`, that is a failure instead. */
export function describeWithExample(name: string, tests: () => void): void {
  if (existsSync(MAIN) || process.env.REQUIRE_EXAMPLE) return describe(name, tests);
  process.stderr.write(
    `SKIPPED, examples/enterprise is not built: ${name}. Build it with: ${BUILD}. REQUIRE_EXAMPLE=1 insists.\n`,
  );
  describe.skip(name, tests);
}

/** The application of `examples/enterprise`, as `npm run start:prod` runs it. */
export class EnterpriseExample {
  private readonly group: ProcessGroup;
  private readonly origin: string;

  private constructor(port: number) {
    this.origin = `http://localhost:${port}`;
    this.group = new ProcessGroup(process.execPath, [MAIN], { PORT: String(port) });
  }

  /** Begins to start it. `authorization()` waits until it listens. */
  static async start(): Promise<EnterpriseExample> {
    if (!existsSync(MAIN)) throw new Error(`There is no ${MAIN}. Build it with: ${BUILD}`);
    return new EnterpriseExample(await freePort());
  }

  get url(): string {
    return `${this.origin}/api/mcp`;
  }

  /** The header with the token that the application issues to its manager. */
  async authorization(): Promise<string> {
    await this.group.output(/successfully started/);
    const response = await fetch(`${this.origin}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'mia', password: 'manager' }),
    });
    const { accessToken } = (await response.json()) as { accessToken: string };
    return `authorization: Bearer ${accessToken}`;
  }

  stop(): Promise<void> {
    return this.group.kill();
  }
}
