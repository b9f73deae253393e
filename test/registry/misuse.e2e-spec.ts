import { type CanActivate, Injectable, UseGuards } from '@nestjs/common';
import { McpEditException, McpRegistry } from '@nestmcp/core';
import { harness } from '../support/fixtures/pipeline/harness.js';

@Injectable()
class DenyingGuard implements CanActivate {
  canActivate(): boolean {
    return false;
  }
}

const forStaff = () => UseGuards(DenyingGuard);

describe('an edit that the compiler would have rejected', () => {
  const { start } = harness('express');

  it.each([
    ['UseGuards, not called', UseGuards, 'UseGuards'],
    ['a factory of decorators, not called', forStaff, 'forStaff'],
    ['the guard itself', DenyingGuard, 'DenyingGuard'],
    ['undefined', undefined, 'a value of type undefined'],
    ['an accessor instead of the method', () => ({ get: () => undefined }), 'a value of type'],
  ])('adds no tool without its guard: decorate() of %s', async (_, given, named) => {
    const { app } = await start({ providers: [DenyingGuard] });
    const registry = app.get(McpRegistry);
    const builder = registry.tool('secret').decorate(given as never);
    expect(() => builder.handle(() => 'secret')).toThrow(McpEditException);
    expect(() => builder.handle(() => 'secret')).toThrow(`MCP045 the tool "secret": decorate()`);
    if (!named.endsWith('type'))
      expect(() => builder.handle(() => 'secret')).toThrow(`was given ${named},`);
    expect(registry.has('secret')).toBe(false);
  });

  it('adds no tool without a function, and none with a schema that a circular import left undefined', async () => {
    const { app } = await start({});
    const registry = app.get(McpRegistry);
    const add = () =>
      registry
        .tool('x')
        .input(undefined as never)
        .output(undefined as never)
        .handle({} as never);
    expect(add).toThrow(/MCP045.*input\(\)[^]*MCP045.*output\(\)[^]*MCP045.*handle\(\)/);
    expect(registry.has('x')).toBe(false);
  });

  it('applies nothing of an edit when a nested one threw half-way and the error was caught', async () => {
    const { app } = await start({});
    const registry = app.get(McpRegistry);
    registry.tool('kept').handle(() => 'kept');
    const half = () =>
      registry.edit((tools) => {
        tools.remove('kept');
        throw new Error('half-way');
      });
    const edit = () =>
      registry.edit((tools) => {
        tools.tool('more').handle(() => 'more');
        expect(half).toThrow('half-way');
      });
    expect(edit).toThrow(/MCP046/);
    expect(registry.list()).toEqual([{ name: 'kept', isEnabled: true }]);
  });
});
