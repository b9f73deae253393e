// What a call costs between the dispatcher and the method, in nanoseconds: the least of several rounds,
// since everything that disturbs a round only adds to it. Compare figures of one run, not of two.
//
//   npm run bench:invoker
import 'reflect-metadata';
import { Injectable, Module, Scope, UseGuards, UseInterceptors } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { McpContext, McpModule, McpTool, McpToolType, Param } from '../libs/core/dist/esm/index.js';
import { ToolsFeature } from '../libs/core/dist/esm/features/tools/tools.feature.js';

const ROUNDS = 7;

/** Applies decorators as the TypeScript compiler does, types of parameters included. */
function decorate(target, method, types, decorators, params = []) {
  Reflect.defineMetadata('design:paramtypes', types, target.prototype, method);
  params.forEach((decorator, index) => decorator?.(target.prototype, method, index));
  const descriptor = Object.getOwnPropertyDescriptor(target.prototype, method);
  for (const decorator of decorators.toReversed()) decorator(target.prototype, method, descriptor);
}

class Order {}
for (const rule of [IsString(), MaxLength(80)]) rule(Order.prototype, 'street');
for (const rule of [IsInt(), Min(1), Max(99)]) rule(Order.prototype, 'quantity');

class Allow {
  canActivate() {
    return true;
  }
}
class Pass {
  intercept(_, next) {
    return next.handle();
  }
}
Injectable()(Allow);
Injectable()(Pass);

class Tools {
  nothing() {
    return 'x';
  }
  text(input) {
    return input;
  }
  guarded(input) {
    return input;
  }
  order(order) {
    return order.street;
  }
}
McpToolType()(Tools);
decorate(Tools, 'nothing', [], [McpTool()]);
decorate(Tools, 'text', [String], [McpTool()], [Param('input')]);
decorate(Tools, 'guarded', [String], [UseGuards(Allow), McpTool()], [Param('input')]);
decorate(Tools, 'order', [Order], [UseGuards(Allow), UseInterceptors(Pass), McpTool()], [Param()]);

class ScopedTools {
  scoped(input) {
    return input;
  }
}
McpToolType({ scope: Scope.REQUEST })(ScopedTools);
decorate(ScopedTools, 'scoped', [String], [McpTool()], [Param('input')]);

class App {}
Module({
  imports: [McpModule.forRoot({ name: 'bench', version: '0' })],
  providers: [Tools, ScopedTools],
})(App);

const app = await NestFactory.create(App, { logger: false });
await app.init();
const { catalog } = app.get(ToolsFeature, { strict: false });

const terms = { progressPerSecond: 50, logPerSecond: 50, logData: (data) => data };
const call = () => ({
  params: {},
  http: { request: { headers: {} }, response: {} },
  isActive: true,
});

async function nanoseconds(name, args, calls) {
  const tool = catalog.get(name);
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const began = process.hrtime.bigint();
    for (let number = 0; number < calls; number++)
      await tool.invoke(args, new McpContext(call(), tool, terms, () => undefined));
    least = Math.min(least, Number(process.hrtime.bigint() - began) / calls);
  }
  return Math.round(least);
}

const TEXT = { input: 'hello' };
const cases = [
  ['no enhancers, no arguments', 'nothing', {}, 200_000],
  ['no enhancers, one string', 'text', TEXT, 200_000],
  ['one guard, one string', 'guarded', TEXT, 50_000],
  ['guard + interceptor + DTO', 'order', { street: 'Main 1', quantity: 3 }, 10_000],
  ['request scope, one string', 'scoped', TEXT, 5_000],
];
console.log(`Node ${process.version}, least of ${ROUNDS} rounds`);
for (const [label, name, args, calls] of cases)
  console.log(`${label.padEnd(28)} ${String(await nanoseconds(name, args, calls)).padStart(8)} ns`);
await app.close();
