import type { DynamicModule, INestApplicationContext, LoggerService, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ServerDirectory } from '../discovery/server-directory.js';
import { getMcpToken } from '../interfaces/get-mcp-token.js';
import { McpBootException } from '../messages/mcp-boot.exception.js';
import { NO_STDIO_SERVER } from '../messages/server.messages.js';
import { ApplicationShutdown } from './application-shutdown.js';
import { StdioSignals } from './stdio-signals.js';
import { StderrLogger } from './stderr-logger.js';
import type { StdioOptions } from './stdio-options.interface.js';
import { readStdioOptions } from './stdio-options.table.js';
import { stdioPipes } from '../transports/stdio/stdio-pipes.js';
import { StdioServer } from './stdio-server.js';
import { deadlines } from '../runtime/deadlines.js';
import { restoreOutput } from '../runtime/stdout-redirection.js';

/**
 * Serves an application over stdin and stdout to the client that started this process: the same modules and
 * tools as over HTTP, without HTTP. Only messages are written to `process.stdout`, and logs go to stderr.
 * Code that writes to the file descriptor itself is not redirected: see the guide. To keep stdout clean while
 * modules are imported too, import `@nestmcp/core/stdio` first.
 *
 * Ends when the client closes stdin, or on SIGTERM or SIGINT. Running calls may finish until the time of the
 * `drain` option is over, or until a further signal. The promise resolves when the application is closed.
 *
 * @throws McpBootException when an option is wrong or the server does not exist; also any error from the
 * start of the application
 * @example
 * // stdio.ts; clients run: node dist/stdio.js
 * import '@nestmcp/core/stdio';
 * import { runStdio } from '@nestmcp/core';
 * import { AppModule } from './app.module.js';
 *
 * await runStdio(AppModule);
 */
export async function runStdio(
  module: Type | DynamicModule,
  options: StdioOptions = {},
): Promise<void> {
  const settings = readStdioOptions(options);
  const { input = process.stdin, output = process.stdout, exitWithin } = settings;
  if (!settings.redirectStdout) restoreOutput(process.stdout);
  const pipes = stdioPipes(input, output, output === process.stdout && settings.redirectStdout);
  const stopping = new AbortController();
  const signals = new StdioSignals(() => stopping.abort());
  try {
    const app = await NestFactory.createApplicationContext(module, {
      logger: loggerOf(settings.logger),
      abortOnError: false,
    });
    try {
      const server = serverOf(app, settings.server);
      await settings.configure?.(app);
      const ending = app.get(ApplicationShutdown, { strict: false });
      await server.serve(pipes, stopping.signal, () => {
        signals.replace(() => ending.cutCalls());
        return ending.drain();
      });
    } finally {
      await app.close();
    }
  } finally {
    signals.release();
  }
  if (input === process.stdin && exitWithin !== false)
    deadlines.after(exitWithin, () => process.exit()).unref();
}

function serverOf(app: INestApplicationContext, server: string | undefined): StdioServer {
  const directory = app.get(ServerDirectory, { strict: false });
  const name = server ?? directory.fallback;
  if (name === undefined || !directory.names.includes(name))
    throw new McpBootException([NO_STDIO_SERVER(server, directory.names)]);
  return app.get<StdioServer>(getMcpToken(StdioServer, name), { strict: false });
}

function loggerOf(logger: StdioOptions['logger']): LoggerService | false {
  if (logger === undefined || Array.isArray(logger)) return new StderrLogger(logger);
  return logger;
}
