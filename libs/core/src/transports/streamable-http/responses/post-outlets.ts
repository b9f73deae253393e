import { Inject, Injectable } from '@nestjs/common';
import type { McpSettings } from '../../../interfaces/options/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../../../interfaces/mcp.tokens.js';
import type { CallOutlet } from '../../../session/call-outlet.interface.js';
import type { RawResponse } from '../../http/responses/raw-response.js';
import { JsonResponse } from './json-response.js';
import { PostResponse, type PostTerms } from './post-response.js';

/** Creates the outlet of a POST: JSON alone or JSON and streams, according to the options. */
@Injectable()
export class PostOutlets {
  constructor(@Inject(MCP_SETTINGS) private readonly settings: McpSettings) {}

  outletOf(response: RawResponse, terms: Omit<PostTerms, 'keepAliveMs' | 'retryMs'>): CallOutlet {
    const { isJson, keepAliveMs, retryMs } = this.settings.streamableHttp;
    return isJson
      ? new JsonResponse(response, terms)
      : new PostResponse(response, { ...terms, keepAliveMs, retryMs });
  }
}
