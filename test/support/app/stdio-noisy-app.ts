import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import { Logger, Module } from '@nestjs/common';
import { McpModule, McpTool, McpToolType, Param, runStdio } from '@nestmcp/core';

const LINE = 'a stray line';
const PRINTS = ['-e', `console.log('${LINE}')`];

async function child(stdio: ('ignore' | 'inherit' | number)[]): Promise<void> {
  await once(spawn(process.execPath, PRINTS, { stdio }), 'close');
}

/** Ways to write to stdout, by name. */
const WAYS: Record<string, () => unknown> = {
  'console.log()': () => console.log(LINE),
  'process.stdout.write()': () => process.stdout.write(`${LINE}\n`),
  'a logger of Nest': () => new Logger('Noise').log(LINE),
  'a worker': () => once(new Worker(PRINTS[1] ?? '', { eval: true }), 'exit'),
  'a child whose stdout is 2': () => child(['ignore', 2, 'inherit']),
  'a child that inherits stdout': () => child(['ignore', 'inherit', 'inherit']),
  'fs.writeSync(1)': () => writeSync(1, `${LINE}\n`),
};

@McpToolType()
class NoisyTools {
  @McpTool()
  async write(@Param('way') way: string): Promise<string> {
    await WAYS[way]?.();
    return 'written';
  }
}

@Module({
  imports: [McpModule.forRoot({ name: 'noisy', version: '1.0.0' })],
  providers: [NoisyTools],
})
class AppModule {}

const isMoved = process.env.MESSAGES === '3';
void runStdio(AppModule, isMoved ? { output: new Socket({ fd: 3, writable: true }) } : {});
