import { Inject, Injectable, type MessageEvent } from '@nestjs/common';
import type { Subscriber } from 'rxjs';
import type { McpSettings } from '../../../interfaces/options/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../../../interfaces/mcp.tokens.js';
import { OpenStreams } from '../../../session/open-streams.js';
import { rawResponse } from '../../../interfaces/http-exchange.interface.js';
import { ResponseDestination } from '../../output/response-destination.js';
import type { UnreadOutput } from '../../output/unread-output.js';
import { outputAccounts } from '../../output/output-accounts.js';
import { type OutputTerms, outputTerms } from '../../output/output-terms.js';
import { NestEventStream } from './nest-event-stream.js';
import { ownerKey, type StreamOwner } from '../../shared/stream-owner.js';
import { Arrivals } from './arrivals.js';
import { RawResponse } from './raw-response.js';

/** Owner of the output to anonymous clients at a loopback address. */
const LOOPBACK = 'loopback';

/** Takes responses over from the framework. At its end, the server waits until they are sent. */
@Injectable()
export class RawResponseFactory {
  private readonly terms: OutputTerms;

  constructor(
    @Inject(MCP_SETTINGS) { limits }: McpSettings,
    private readonly streams: OpenStreams,
    private readonly arrivals: Arrivals,
  ) {
    this.terms = outputTerms(limits);
  }

  /**
   * Takes a response over from the framework.
   * @param end what the server does with the response when it shuts down; by default it waits until the
   * response is sent
   */
  create(
    response: object,
    owner: StreamOwner,
    end: (raw: RawResponse) => Promise<void> = (raw) => raw.over(),
  ): RawResponse {
    this.arrivals.remove(response);
    const raw = new RawResponse(response, this.outputOf(response, owner));
    const leave = this.streams.add({ end: () => end(raw) });
    raw.onClose(() => leave());
    return raw;
  }

  /** Like {@link create}, for a response that Nest opens, and ends with the subscription. */
  events(response: object, owner: StreamOwner, to: Subscriber<MessageEvent>): NestEventStream {
    return new NestEventStream(rawResponse(response), this.outputOf(response, owner), to);
  }

  private outputOf(response: object, owner: StreamOwner): UnreadOutput {
    const destination = new ResponseDestination(rawResponse(response));
    return outputAccounts.openOutput(destination, ownerKey(owner) ?? LOOPBACK, this.terms);
  }
}
