import {
  type ArgumentsHost,
  type CallHandler,
  type CanActivate,
  Catch,
  type ExceptionFilter,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseFilters,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import { McpExecutionContext, McpTool, McpToolType } from '@nestmcp/core';
import { finalize, type Observable } from 'rxjs';
import { harness } from '../support/fixtures/pipeline/harness.js';
import { PLATFORMS } from '../support/app/test-app.js';

type AnyResponse = ServerResponse & {
  readonly raw?: ServerResponse;
  status(code: number): AnyResponse;
  header(name: string, value: string): AnyResponse;
  send(body?: unknown): AnyResponse;
};

const responseOf = (host: ArgumentsHost) => host.switchToHttp().getResponse<AnyResponse>();
/** Node's own response, as access logs and header libraries use it. */
const rawOf = (host: ArgumentsHost): ServerResponse => responseOf(host).raw ?? responseOf(host);

const onClose = (): void => undefined;

/** Performs on Node's response what access logs and header libraries do. */
@Injectable()
class RawInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const raw = rawOf(context);
    raw.on('close', onClose).on('finish', onClose);
    raw.setHeader('x-late', 'yes');
    raw.statusCode = 201;
    return next.handle().pipe(finalize(() => raw.off('close', onClose).off('finish', onClose)));
  }
}

/** Writes to Node's response, as middleware-like libraries do. */
@Injectable()
class RawAnswerGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const raw = rawOf(context);
    raw.writeHead(429, { 'retry-after': '3' });
    raw.write('slow ');
    raw.end('down');
    return false;
  }
}

@Injectable()
class StatusGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    responseOf(context).header('x-late', 'yes').status(403).send();
    return false;
  }
}

@Catch()
class NamingFilter implements ExceptionFilter {
  catch(exception: Error, host: ArgumentsHost): void {
    const tool = McpExecutionContext.isMcp(host)
      ? McpExecutionContext.create(host).getTool().name
      : 'a route';
    responseOf(host)
      .status(500)
      .send({ message: `${tool}: ${exception.message}` });
  }
}

@McpToolType()
class Tools {
  @McpTool()
  @UseInterceptors(RawInterceptor)
  raw(): string {
    return 'raw';
  }

  @McpTool()
  @UseGuards(RawAnswerGuard)
  answered(): string {
    return 'secret';
  }

  @McpTool()
  @UseGuards(StatusGuard)
  status(): string {
    return 'secret';
  }

  @McpTool()
  @UseFilters(NamingFilter)
  named(): never {
    throw new Error('broken');
  }
}

describe.each(PLATFORMS)(
  'the response that a tool call shows to the application on %s',
  (platform) => {
    const { start, connect } = harness(platform);
    const started = async () => {
      await start({ providers: [Tools] });
      return connect();
    };

    it('accepts listeners, headers and a status after the 202, and ignores the late ones', async () => {
      const client = await started();
      expect(await client.call('raw')).toEqual({ text: 'raw', isError: false, code: undefined });
      const receipt = await client.postCall('raw');
      expect(receipt).toMatchObject({ status: 202, body: '' });
      expect(receipt.headers).not.toHaveProperty('x-late');
      await client.expectIntact();
    });

    it("turns text that is written to Node's own response into the result", async () => {
      const client = await started();
      expect(await client.call('answered')).toEqual({
        text: 'slow down',
        isError: true,
        code: undefined,
      });
      await client.expectIntact();
    });

    it('reports the status when an error has no body', async () => {
      const client = await started();
      expect(await client.call('status')).toEqual({
        text: 'Forbidden',
        isError: true,
        code: undefined,
      });
      await client.expectIntact();
    });

    it('shows a filter which tool it handles', async () => {
      const client = await started();
      expect(await client.call('named')).toEqual({
        text: 'named: broken',
        isError: true,
        code: undefined,
      });
      await client.expectIntact();
    });
  },
);
