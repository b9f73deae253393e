import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
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
