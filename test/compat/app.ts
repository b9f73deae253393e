import {
  type CanActivate,
  type ExecutionContext,
  type INestApplication,
  Module,
  UseGuards,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Description, McpContext, McpModule, McpTool, McpToolType, Param } from '@nestmcp/core';
import { Type } from 'class-transformer';
import { IsInt, Length, Max, ValidateNested } from 'class-validator';

export const PLATFORMS = ['express', 'fastify'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** The length of the result of `report`, in bytes. */
const REPORT_BYTES = 1024 * 1024;

class Address {
  @Length(2, 2)
  country!: string;
}

export class PlaceOrder {
  @Description('How many pieces')
  @IsInt()
  @Max(99)
  quantity!: number;

  @ValidateNested()
  @Type(() => Address)
  shipTo!: Address;
}

/** Denies the requests that say so, as a guard of the application would. */
class HeaderGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context
      .switchToHttp()
      .getRequest<{ headers: Record<string, string | undefined> }>();
    return headers['x-denied'] === undefined;
  }
}

class ClosedGuard implements CanActivate {
  canActivate(): boolean {
    return false;
  }
}

@McpToolType()
export class OrderTools {
  @McpTool({ description: 'Place an order', idempotent: false })
  async placeOrder(@Param() order: PlaceOrder, ctx: McpContext): Promise<string> {
    await ctx.progress(1, 2, 'placing');
    return `${order.quantity} to ${order.shipTo.country}, ${order.shipTo instanceof Address}`;
  }

  @McpTool('Return a long text')
  report(): string {
    return 'x'.repeat(REPORT_BYTES);
  }

  @UseGuards(ClosedGuard)
  @McpTool('Do what no caller may do')
  forbidden(): string {
    return 'done';
  }
}

@Module({
  imports: [
    McpModule.forRoot({
      name: 'compat',
      version: '1.0.0',
      guards: [HeaderGuard],
      limits: { resultBytes: REPORT_BYTES + 1024 },
    }),
  ],
  providers: [OrderTools],
})
class AppModule {}

/** Starts the application as its `main.ts` would, on a free port of the loopback interface. */
export async function startApp(platform: Platform): Promise<INestApplication> {
  const adapter = platform === 'express' ? new ExpressAdapter() : new FastifyAdapter();
  const app = await NestFactory.create(AppModule, adapter, { logger: ['error', 'warn'] });
  await app.listen(0, '127.0.0.1');
  return app;
}
