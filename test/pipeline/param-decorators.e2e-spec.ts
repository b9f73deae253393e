import {
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  NotFoundException,
  ParseIntPipe,
  type PipeTransform,
} from '@nestjs/common';
import { McpContext, McpTool, McpToolType, Param } from '@nestmcp/core';
import { harness } from '../support/fixtures/pipeline/harness.js';
import { PLATFORMS } from '../support/app/test-app.js';

interface Request {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

const requestOf = (context: ExecutionContext) => context.switchToHttp().getRequest<Request>();

/** Decorators as applications write them for their routes. */
const Header = createParamDecorator(
  (name: string, context: ExecutionContext) => requestOf(context).headers[name],
);
const Slow = createParamDecorator(async (_: unknown, context: ExecutionContext) => {
  await new Promise((resolve) => setImmediate(resolve));
  return requestOf(context).method;
});
const Where = createParamDecorator(
  (_: unknown, context: ExecutionContext) =>
    `${context.getClass().name}.${context.getHandler().name}`,
);
const Missing = createParamDecorator(() => {
  throw new NotFoundException('no such tenant');
});

@Injectable()
class Prefixes {
  readonly prefix = 'tenant:';
}

@Injectable()
class PrefixPipe implements PipeTransform {
  constructor(private readonly prefixes: Prefixes) {}

  transform(value: string): string {
    return `${this.prefixes.prefix}${value}`;
  }
}

@McpToolType()
class DecoratedTools {
  @McpTool()
  plain(@Header('x-tenant') tenant: string, @Slow() method: string, @Where() where: string) {
    return [tenant, method, where].join(' ');
  }

  @McpTool()
  mixed(
    @Header('x-tenant', PrefixPipe) tenant: string,
    @Param('name') name: string,
    ctx: McpContext,
    @Header('x-number', new ParseIntPipe({ optional: true })) number: number | undefined,
  ) {
    return [tenant, name, ctx.tool.name, typeof number].join(' ');
  }

  @McpTool()
  failing(@Missing() tenant: string): string {
    return tenant;
  }
}

describe.each(PLATFORMS)("the application's own parameter decorators on %s", (platform) => {
  const { start, connect } = harness(platform);

  const started = async (headers: Record<string, string>) => {
    await start({ providers: [DecoratedTools, Prefixes] });
    return connect(headers);
  };

  it('read the POST that carries the call, and the handler of the tool', async () => {
    const client = await started({ 'x-tenant': 'a' });
    expect((await client.call('plain')).text).toBe('a POST DecoratedTools.plain');
    expect((await client.call('plain', {}, { 'x-tenant': 'b' })).text).toBe(
      'b POST DecoratedTools.plain',
    );
    await client.expectIntact();
  });

  it('run their pipes, with injected dependencies, beside arguments and context', async () => {
    const client = await started({ 'x-tenant': 'a' });
    expect((await client.call('mixed', { name: 'n' })).text).toBe('tenant:a n mixed undefined');
    expect((await client.call('mixed', { name: 'n' }, { 'x-number': '7' })).text).toBe(
      'tenant:a n mixed number',
    );
    expect(await client.call('mixed', { name: 'n' }, { 'x-number': 'x' })).toEqual({
      text: 'Validation failed (numeric string is expected)',
      isError: true,
      code: undefined,
    });
    await client.expectIntact();
  });

  it('fail a call in the same way as a request', async () => {
    const client = await started({});
    expect(await client.call('failing')).toEqual({
      text: 'no such tenant',
      isError: true,
      code: undefined,
    });
    await client.expectIntact();
  });

  it('are not arguments: clients neither see nor set them', async () => {
    const client = await started({ 'x-tenant': 'a' });
    const refused = await client.call('mixed', { name: 'n', tenant: 'b' });
    expect(refused).toMatchObject({ isError: true, text: expect.stringContaining('tenant') });
    const alone = await client.call('plain', { tenant: 'b' });
    expect(alone).toMatchObject({ isError: true, text: expect.stringContaining('tenant') });
    await client.expectIntact();
  });
});
