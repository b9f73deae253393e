import type { INestApplication } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { Test, type TestingModuleBuilder } from '@nestjs/testing';
import { McpTestClient, type TestTransport } from '@nestmcp/testing';
import { Logger, PARAMS_PROVIDER_TOKEN } from 'nestjs-pino';
import request from 'supertest';
import type { App } from 'supertest/types.js';
import { AppModule } from '../../src/app.module.js';
import type { Role } from '../../src/auth/user.interface.js';
import { LOG_OPTIONS } from '../../src/common/log-options.js';
import { configureApp } from '../../src/configure-app.js';

export interface LogLine {
  readonly msg: string;
  readonly [field: string]: unknown;
}

/** The application as `main.ts` makes it, with its log in memory. */
export class OrdersApp {
  private constructor(
    readonly app: INestApplication<App>,
    readonly log: readonly LogLine[],
  ) {}

  static async create(
    change: (builder: TestingModuleBuilder) => TestingModuleBuilder = (builder) => builder,
  ): Promise<OrdersApp> {
    const log: LogLine[] = [];
    const stream = { write: (line: string) => log.push(JSON.parse(line) as LogLine) };
    const builder = Test.createTestingModule({ imports: [AppModule] })
      .overrideProvider(PARAMS_PROVIDER_TOKEN)
      .useValue({ pinoHttp: [LOG_OPTIONS, stream] });
    const testing = await change(builder).compile();
    const app = testing.createNestApplication<INestApplication<App>>({ bufferLogs: true });
    app.useLogger(app.get(Logger));
    configureApp(app);
    await app.init();
    return new OrdersApp(app, log);
  }

  /** A token for `Authorization`, as the identity provider issues it. */
  bearer(user: string, ...roles: Role[]): string {
    return `Bearer ${this.app.get(JwtService, { strict: false }).sign({ sub: user, roles })}`;
  }

  /** A client of the tools, with the token of a user. */
  client(authorization: string, transport: TestTransport = '2026-07-28'): Promise<McpTestClient> {
    return McpTestClient.over(this.app, transport, { headers: { authorization } });
  }

  get rest() {
    return request(this.app.getHttpServer());
  }
}
