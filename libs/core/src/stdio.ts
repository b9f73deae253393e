import { redirectOutput } from './runtime/stdout-redirection.js';

/*
 * Keeps stdout clean while an application is loaded: from this import on, everything that is written to
 * `process.stdout`, such as `console.log()`, goes to stderr. Import it first, ahead of the modules of the
 * application:
 *
 *   import '@nestmcp/core/stdio';
 *   import { runStdio } from '@nestmcp/core';
 *   import { AppModule } from './app.module.js';
 *
 * `runStdio()` writes its messages to the real stdout.
 */
redirectOutput(process.stdout, process.stderr);
