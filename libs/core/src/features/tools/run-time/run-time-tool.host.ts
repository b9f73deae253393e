import { Injectable } from '@nestjs/common';
import { ENTRY_PROVIDER_WATERMARK } from '@nestjs/common/constants.js';
import { Ctx } from '../../../execution/context/context.decorators.js';
import { McpContext } from '../../../execution/context/mcp-context.js';
import { Param } from '../../../schema/decorators/param.decorator.js';

/** The name of the method that stands for every tool added at run time. */
export const HANDLE = 'handle';

/**
 * The provider that Nest takes for the host of every tool added at run time: as an entry provider it gets
 * the global enhancers of the application, request-scoped ones included.
 */
@Injectable()
export class RunTimeToolHost {
  /** Only its parameters count: a function of the tool's own is called in its place. */
  handle(@Param() args: object, @Ctx() _context: McpContext): object {
    return args;
  }
}

Reflect.defineMetadata(ENTRY_PROVIDER_WATERMARK, true, RunTimeToolHost);
