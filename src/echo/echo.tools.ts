import { McpTool, McpToolType, Param } from '@nestmcp/core';

@McpToolType()
export class EchoTools {
  @McpTool('Echo the input')
  echo(@Param('input', 'The input from the user') input: string): string {
    return input;
  }
}
