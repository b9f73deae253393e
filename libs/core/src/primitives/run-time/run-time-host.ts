import { Injectable } from '@nestjs/common';
import { ENTRY_PROVIDER_WATERMARK } from '@nestjs/common/constants.js';
import { Ctx } from '../../execution/context/context.decorators.js';
import { McpContext } from '../../execution/context/mcp-context.js';
import { Param } from '../../schema/decorators/param.decorator.js';

/** The name of the method that stands for every handler added at run time. */
export const HANDLE = 'handle';

/**
 * The provider that Nest regards as the host of every handler added at run time. As an entry provider it gets the
 * global enhancers of the application, request-scoped ones included.
 */
@Injectable()
export class RunTimeHost {
  /** Only its parameters matter: the handler is called instead. */
  handle(@Param() args: object, @Ctx() _context: McpContext): object {
    return args;
  }
}

Reflect.defineMetadata(ENTRY_PROVIDER_WATERMARK, true, RunTimeHost);
