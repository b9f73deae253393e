import {
  type CanActivate,
  type ExecutionContext,
  ForbiddenException,
  Injectable,
  Scope,
} from '@nestjs/common';
import { of } from 'rxjs';
import { Reflector } from '@nestjs/core';
import { McpExecutionContext, McpVisibility } from '@nestmcp/core';
import type { KeyedRequest } from './pipeline/guards.js';
import type { ToolClient } from './pipeline/tool-client.js';

/** Names of tools as a caller's `tools/list` has them; further headers go with this request alone. */
export async function namesFor(
  client: ToolClient,
  id: string,
  headers: Record<string, string> = {},
  params: object = {},
): Promise<string[]> {
  await client.post({ jsonrpc: '2.0', id, method: 'tools/list', params }, headers);
  const { result } = (await client.wire.answer(id)) as { result: { tools: { name: string }[] } };
  return result.tools.map(({ name }) => name);
}

/** Shows tools with roles to callers that have all of them, and lets everybody on the route. */
@McpVisibility()
@Injectable()
export class RolesVisibility implements CanActivate {
  /** What it was asked, word by word. */
  readonly asked: string[] = [];

  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    if (!McpExecutionContext.isMcp(context)) return true;
    const mcp = McpExecutionContext.create(context);
    this.asked.push(
      `${mcp.getPhase()} ${mcp.getTool().name} ${JSON.stringify(mcp.getArguments())} ${context.getClass().name}`,
    );
    const required = this.reflector.getAllAndOverride<string[] | undefined>('roles', [
      context.getHandler(),
      context.getClass(),
    ]);
    const { headers } = context.switchToHttp().getRequest<KeyedRequest>();
    const mine = headers['x-roles']?.split(',') ?? [];
    return (required ?? []).every((role) => mine.includes(role));
  }
}

const isAdmin = (context: ExecutionContext): boolean =>
  context.switchToHttp().getRequest<KeyedRequest>().headers['x-admin'] === 'yes';
/** Headers of a caller who may see everything. */
export const ADMIN = { 'x-admin': 'yes' };

/** Unmarked; named in `visibility`. */
@Injectable()
export class LibraryGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    return context.getArgs().length === 3 || isAdmin(context);
  }
}

@McpVisibility()
@Injectable({ scope: Scope.REQUEST })
export class ScopedVisibility extends LibraryGuard {}

@McpVisibility()
export class Observing implements CanActivate {
  canActivate(context: ExecutionContext) {
    return of(isAdmin(context));
  }
}

@McpVisibility()
export class Promising implements CanActivate {
  async canActivate(context: ExecutionContext): Promise<boolean> {
    return Promise.resolve(isAdmin(context));
  }
}

@McpVisibility()
export class Throwing implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (!isAdmin(context)) throw new ForbiddenException('a secret reason');
    return true;
  }
}

@McpVisibility()
export class BreakingDown implements CanActivate {
  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (!isAdmin(context)) throw new TypeError('no database');
    return Promise.resolve(true);
  }
}

/** Writes to the response when it says no, as guards of Express applications do. */
@McpVisibility()
export class Writing implements CanActivate {
  /** How often it said no and came to its end. */
  static denials = 0;

  canActivate(context: ExecutionContext): boolean {
    if (isAdmin(context)) return true;
    const response = context.switchToHttp().getResponse<{
      status?: (code: number) => unknown;
      header: (name: string, value: string) => unknown;
      send: (body: string) => unknown;
      raw?: { setHeader: (name: string, value: string) => unknown };
    }>();
    response.header('x-written', 'yes');
    response.raw?.setHeader('x-written', 'yes');
    response.status?.(403);
    response.send('written');
    Writing.denials++;
    return false;
  }
}

/** Guards that hide from everybody but an administrator, each in its way. */
export const HIDING = { Observing, Promising, Throwing, BreakingDown, Writing, ScopedVisibility };
