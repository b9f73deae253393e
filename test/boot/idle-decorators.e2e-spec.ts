import { Controller, Get, Injectable, type ModuleMetadata } from '@nestjs/common';
import {
  Ctx,
  Description,
  McpContext,
  McpMeta,
  McpTool,
  McpToolType,
  McpVisibility,
  Param,
  Progress,
  Signal,
} from '@nestmcp/core';
import { reportOf } from '../support/fixtures/boot-report.js';

const wrap: MethodDecorator = (_target, _name, descriptor) => {
  const original = Reflect.get(descriptor, 'value') as (...args: unknown[]) => unknown;
  const wrapped = function (this: unknown, ...args: unknown[]): unknown {
    return original.apply(this, args);
  };
  return { ...descriptor, value: wrapped as never };
};

/** Applies a decorator where TypeScript does not allow it, as JavaScript and casts do. */
const misapply = (decorate: unknown, ...target: unknown[]): void => {
  (decorate as (...args: unknown[]) => void)(...target);
};

@McpToolType()
class Statics {
  @McpTool()
  static add(@Param('a') a: number, ctx: McpContext): string {
    return `${a} ${ctx.tool.name}`;
  }
  @McpTool()
  subtract(): void {}
}
class StaticHeir extends Statics {}

const NAME = Symbol('named');

@McpToolType()
class Members {
  @McpTool()
  get total(): number {
    return 1;
  }
  @McpTool()
  set limit(_value: number) {}
  @McpTool()
  [NAME](): void {}
  run = (): void => {};
  on(_x: string): void {}
  @McpTool()
  fine(): void {}
}
misapply(McpTool(), Members.prototype, 'run', undefined);
misapply(McpTool(), Members.prototype, 'on', 0);

@McpToolType()
class OnClass {}
misapply(McpTool(), OnClass);

@McpToolType()
class Wrapped {
  @wrap
  @McpTool()
  below(): void {}
  @McpTool()
  @wrap
  above(): void {}
}

@Controller()
class Unmarked {
  @McpTool()
  run(): void {}
}

@Controller('orders')
class Routes {
  @Get(':id')
  read(@Param('id') id: string): string {
    return id;
  }
  @Get()
  stop(@Signal() signal: AbortSignal): string {
    return signal.aborted ? 'stopped' : 'running';
  }
}

@Injectable()
class Helper {
  find(@Param('id') _id: string, @Ctx() _ctx: unknown): void {}
  report(@Progress() _report: unknown): void {}
  text(@Description('words') _x: string): void {}
  @McpMeta('com.example/team', 'a')
  owned(): void {}
  static make(@Param('id') _id: string): void {}
}

@Description('Of the class')
@McpToolType()
class Described {
  @McpTool()
  fine(): void {}
  @Description('Forgotten')
  forgotten(): void {}
}

@McpVisibility()
@Injectable()
class NotAGuard {}

const STOPPED: readonly (readonly [string, string, ModuleMetadata])[] = [
  [
    'MCP053',
    'Statics.add has @McpTool(), which has no effect there: it is a static method. Remove `static`',
    { providers: [Statics] },
  ],
  ['MCP053', 'Statics.add has', { providers: [StaticHeir] }],
  [
    'MCP053',
    'Members.total has @McpTool(), which has no effect there: it is an accessor',
    { providers: [Members] },
  ],
  [
    'MCP053',
    'Members.limit has @McpTool(), which has no effect there: it is an accessor',
    { providers: [Members] },
  ],
  [
    'MCP053',
    'Members.Symbol(named) has @McpTool(), which has no effect there: it is named by a symbol',
    { providers: [Members] },
  ],
  [
    'MCP053',
    'Members.run has @McpTool(), which has no effect there: it is a property. Make it a method',
    { providers: [Members] },
  ],
  [
    'MCP053',
    'Members.on has @McpTool(), which has no effect there: it has it on a parameter',
    { providers: [Members] },
  ],
  [
    'MCP053',
    'OnClass has @McpTool(), which has no effect on a class. Put @McpToolType() on the class',
    { providers: [OnClass] },
  ],
  [
    'MCP053',
    'Wrapped.below() has @McpTool(), but another function is in its place',
    { providers: [Wrapped] },
  ],
  [
    'MCP002',
    'Unmarked.run() is decorated with @McpTool(), but its class is not marked',
    { controllers: [Unmarked] },
  ],
  [
    'MCP056',
    "Routes.read() has @Param() of @nestmcp/core, which has no effect without @McpTool(). It is a route: import the decorators of its parameters from '@nestjs/common'",
    { controllers: [Routes] },
  ],
  ['MCP056', 'Routes.stop() has @Signal() of @nestmcp/core', { controllers: [Routes] }],
  [
    'MCP056',
    'Helper.find() has @Param() and @Ctx() of @nestmcp/core, which have no effect without @McpTool(). Put @McpTool() on the method, or remove them.',
    { providers: [Helper] },
  ],
  ['MCP056', 'Helper.report() has @Progress()', { providers: [Helper] }],
  ['MCP056', 'Helper.text() has @Description()', { providers: [Helper] }],
  ['MCP056', 'Helper.owned() has @McpMeta()', { providers: [Helper] }],
  ['MCP056', 'Helper.make() has @Param()', { providers: [Helper] }],
  [
    'MCP056',
    'Described has @Description(), which no client sees on a class with tools',
    { providers: [Described] },
  ],
  ['MCP056', 'Described.forgotten() has @Description()', { providers: [Described] }],
  [
    'MCP056',
    'NotAGuard has @McpVisibility(), which has an effect on guards only',
    { providers: [NotAGuard] },
  ],
];

describe('a decorator without effect', () => {
  it.each(STOPPED)('stops the start, with %s: %s', async (code, words, module) => {
    const { problems } = await reportOf(module);
    expect(problems.filter((line) => line.startsWith(`${code} ${words}`))).toHaveLength(1);
  });

  it('does not stop what is right beside it', async () => {
    const { problems } = await reportOf({ providers: [Wrapped] });
    expect(problems).toHaveLength(1);
  });

  it('leaves nothing on the functions that every class shares', async () => {
    await reportOf({ providers: [Statics] });
    expect(Reflect.getMetadataKeys(Function, 'add')).toEqual([]);
    expect(Reflect.getMetadataKeys(Function)).toEqual([]);
  });

  it('is a TypeError for @McpMeta() on an accessor', () => {
    const descriptor = { get: () => 1 };
    expect(() => McpMeta('com.example/a', 1)(Members.prototype, 'total', descriptor)).toThrow(
      'MCP056 Members.total has @McpMeta(), which has an effect on methods only.',
    );
  });
});
