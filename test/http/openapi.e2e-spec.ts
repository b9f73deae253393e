import { Controller, Get } from '@nestjs/common';
import { ApiTags, DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { McpModule, type McpModuleOptions } from '@nestmcp/core';
import { PLATFORMS, type Platform, startApp } from '../support/app/test-app.js';

@Controller('orders')
class OrdersController {
  @Get()
  list(): string[] {
    return [];
  }
}

interface Published {
  readonly platform?: Platform;
  readonly mcp?: Partial<McpModuleOptions>;
}

/** The paths of the document that an application makes of its own routes. */
async function published({ platform, mcp }: Published): Promise<string[]> {
  const { app } = await startApp({
    ...(platform && { platform }),
    ...(mcp && { mcp }),
    controllers: [OrdersController],
    imports: [
      McpModule.forRootAsync({
        server: 'admin',
        useFactory: () => ({ name: 'admin', version: '1', path: 'admin', ...mcp }),
      }),
    ],
  });
  try {
    const { paths } = SwaggerModule.createDocument(app, new DocumentBuilder().build());
    return Object.entries(paths)
      .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`))
      .toSorted();
  } finally {
    await app.close();
  }
}

describe("the application's own OpenAPI document", () => {
  it.each(PLATFORMS)('does not have the routes of any server, on %s', async (platform) => {
    await expect(published({ platform })).resolves.toEqual(['get /orders']);
  });

  it('has them when the option asks for them', async () => {
    await expect(published({ mcp: { openapi: true } })).resolves.toEqual([
      'delete /admin/mcp',
      'delete /mcp',
      'get /admin/mcp',
      'get /admin/sse',
      'get /mcp',
      'get /orders',
      'get /sse',
      'post /admin/mcp',
      'post /admin/messages',
      'post /mcp',
      'post /messages',
    ]);
  });

  it('does not have them for decorators that describe them', async () => {
    const decorators = [ApiTags('mcp')];
    await expect(published({ mcp: { decorators } })).resolves.toEqual(['get /orders']);
  });
});
