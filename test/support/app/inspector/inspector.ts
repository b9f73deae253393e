import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../free-port.js';
import { ProcessGroup } from './process-group.js';

/** The file that `npx mcp-inspector` runs. npm itself takes longer than a call. */
const FILE = resolve('node_modules/.bin/mcp-inspector');

export interface StrictList {
  readonly result: { readonly tools: readonly { readonly name: string }[] };
  /** What some clients reject or misunderstand in a schema. */
  readonly schemaFindings?: readonly unknown[];
}

/** The official inspector, on the command line and as a web server, with a home of its own. */
export class Inspector {
  private readonly servers: ProcessGroup[] = [];

  private constructor(private readonly home: string) {}

  static async create(): Promise<Inspector> {
    return new Inspector(await mkdtemp(join(tmpdir(), 'inspector-')));
  }

  /** The JSON that `mcp-inspector --cli` writes. */
  async cli(url: string, ...args: readonly string[]): Promise<unknown> {
    const { stdout } = await promisify(execFile)(FILE, ['--cli', url, ...args], {
      env: { ...process.env, HOME: this.home },
      timeout: 60_000,
    });
    return JSON.parse(stdout) as unknown;
  }

  /** What `tools/list` returns, with what the inspector finds in the schemas. */
  async strictList(url: string, ...args: readonly string[]): Promise<StrictList> {
    const strict = ['--method', 'tools/list', '--strict', '--format', 'json'];
    return (await this.cli(url, ...strict, ...args)) as StrictList;
  }

  /** Starts `mcp-inspector --web` for a server. Resolves with the address of its page. */
  async web(url: string, ...args: readonly string[]): Promise<string> {
    const all = ['--web', '--transport', 'http', '--server-url', url, ...args];
    const server = new ProcessGroup(FILE, all, {
      HOME: this.home,
      MCP_AUTO_OPEN_ENABLED: 'false',
      CLIENT_PORT: String(await freePort()),
      MCP_SANDBOX_PORT: String(await freePort()),
    });
    this.servers.push(server);
    return server.output(/http:\S+API_TOKEN=\S+/);
  }

  async stop(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.kill()));
    await rm(this.home, { recursive: true, force: true });
  }
}
