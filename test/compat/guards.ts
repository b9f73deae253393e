import {
  type CanActivate,
  type DynamicModule,
  Injectable,
  type Provider,
  Scope,
  type Type,
  UseGuards,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { McpModule, McpTool, McpToolType } from '@nestmcp/core';
import { McpTestClient } from '@nestmcp/testing';

/** Without its constructor it would let every caller pass. */
@Injectable({ scope: Scope.TRANSIENT })
class TransientGuard implements CanActivate {
  private readonly isClosed: boolean;

  constructor() {
    this.isClosed = true;
  }

  canActivate(): boolean {
    return !this.isClosed;
  }
}

@Injectable()
class StaticGuard implements CanActivate {
  canActivate(): boolean {
    return false;
  }
}

@McpToolType()
@UseGuards(TransientGuard)
class TransientTools {
  @McpTool()
  secret(): string {
    return 'secret';
  }
}

@McpToolType()
@UseGuards(StaticGuard)
class StaticTools {
  @McpTool()
  secret(): string {
    return 'secret';
  }
}

/** Nest knows the guard because another provider binds it. */
@Injectable()
@UseGuards(StaticGuard)
class Beside {}

/** What versions of Nest before 11.2.10 and 12.2.0 leave out. */
export const GUARDED: readonly (readonly [kind: string, providers: readonly Provider[]])[] = [
  ['that is transient', [TransientTools]],
  [
    'of a tool from a factory',
    [Beside, { provide: 'TOOLS', useFactory: toolsFactory(StaticTools) }],
  ],
  ['of a tool under another token', [{ provide: 'TOOLS', useClass: StaticTools }]],
];

/** Whether a caller gets what the guard of these tools protects. */
export async function guardIsLeftOut(providers: readonly Provider[]): Promise<boolean> {
  const app = await NestFactory.create(moduleOf(providers), new ExpressAdapter(), {
    logger: false,
    abortOnError: false,
  });
  try {
    await app.listen(0, '127.0.0.1');
  } catch (error) {
    if (/MCP013|MCP050/.test(String(error))) return false;
    throw error;
  }
  const client = await McpTestClient.connect(app);
  const { isError } = await client.callTool('secret', {});
  await client.close();
  await app.close();
  return isError !== true;
}

function toolsFactory(type: Type): () => object {
  return () => new type() as object;
}

function moduleOf(providers: readonly Provider[]): DynamicModule {
  class GuardedModule {}
  return {
    module: GuardedModule,
    imports: [McpModule.forRoot({ name: 'guarded', version: '1.0.0' })],
    providers: [...providers],
  };
}
