import {
  type CanActivate,
  ConflictException,
  Controller,
  type ExecutionContext,
  Get,
  type INestApplication,
  Injectable,
  type LoggerService,
  Module,
  SetMetadata,
  UseGuards,
} from '@nestjs/common';
import { NestFactory, Reflector } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Description, McpContext, McpModule, McpTool, McpToolType, Param } from '@nestmcp/core';
import { Type } from 'class-transformer';
import { IsInt, Length, Max, ValidateNested } from 'class-validator';

export const PLATFORMS = ['express', 'fastify'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** The length of the result of `report`, in bytes. */
const REPORT_BYTES = 1024 * 1024;

/** The message of an error that no client may read. */
export const SECRET = 'the password is swordfish';

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

const PRIVATE = 'private';

/** Denies what is marked as private. It needs its dependency, so Nest must have created it. */
@Injectable()
class PrivateGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    return this.reflector.get<unknown>(PRIVATE, context.getHandler()) !== true;
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

  @McpTool('Fail with what only the log may say')
  fail(): string {
    throw new Error(SECRET);
  }
}

@McpToolType()
@Controller('orders')
@UseGuards(PrivateGuard)
export class OrdersController {
  @Get()
  @McpTool('List the orders')
  listOrders(): string {
    return '2 to NZ';
  }

  @Get('audit')
  @SetMetadata(PRIVATE, true)
  @McpTool('List what was changed')
  auditOrders(): string {
    return 'changed';
  }
}

/** Created by a factory. Nest knows the guard because the controller binds it. */
@McpToolType()
@UseGuards(PrivateGuard)
export class StockTools {
  @McpTool('Count the stock')
  countStock(): string {
    return '7';
  }

  @SetMetadata(PRIVATE, true)
  @McpTool('Clear the stock')
  clearStock(): string {
    return 'cleared';
  }

  @McpTool('Fail with what only the log may say, in the pipeline of the guard')
  loseStock(): string {
    throw new Error(SECRET);
  }

  @McpTool('Fail with what the model may read')
  sellStock(): string {
    throw new ConflictException('sold out');
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
  controllers: [OrdersController],
  providers: [OrderTools, { provide: 'STOCK', useFactory: () => new StockTools() }],
})
class AppModule {}

/** Starts the application as its `main.ts` would, on a free port of the loopback interface. */
export async function startApp(
  platform: Platform,
  logger: LoggerService,
): Promise<INestApplication> {
  const adapter = platform === 'express' ? new ExpressAdapter() : new FastifyAdapter();
  const app = await NestFactory.create(AppModule, adapter, { logger });
  await app.listen(0, '127.0.0.1');
  return app;
}
