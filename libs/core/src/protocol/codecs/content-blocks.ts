import { randomUUID } from 'node:crypto';
import type { ContentBlock } from '../sdk.js';

/** Converts a content block to one that a revision supports. */
export type ShowBlock = (block: ContentBlock) => ContentBlock;

/** For 2025-03-26. Resource links exist since 2025-06-18. */
export const WITHOUT_LINKS: ShowBlock = (block) =>
  block.type === 'resource_link' ? { type: 'text', text: linkText(block) } : block;

/** For 2024-11-05. Audio exists since 2025-03-26, and clients refuse a whole result for one block of an unknown type. */
export const WITHOUT_AUDIO_AND_LINKS: ShowBlock = (block) => {
  if (block.type !== 'audio') return WITHOUT_LINKS(block);
  const { data, mimeType, annotations } = block;
  return {
    type: 'resource',
    resource: { uri: `result://audio/${randomUUID()}`, mimeType, blob: data },
    ...(annotations && { annotations }),
  };
};

type Link = Extract<ContentBlock, { type: 'resource_link' }>;

function linkText({ name, title = name, uri, description }: Link): string {
  return [`${title}: ${uri}`, description].filter((line) => line !== undefined).join('\n');
}
