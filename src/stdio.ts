import '@nestmcp/core/stdio';
import { runStdio } from '@nestmcp/core';
import { AppModule } from './app.module.js';

await runStdio(AppModule);
