import { randomUUID } from 'node:crypto';
import type { ContentBlock } from '../sdk.js';

/** A content block as a revision has it. */
export type ShowBlock = (block: ContentBlock) => ContentBlock;

/** 2025-03-26: links came with 2025-06-18. */
export const WITHOUT_LINKS: ShowBlock = (block) =>
  block.type === 'resource_link' ? { type: 'text', text: linkText(block) } : block;

/** 2024-11-05: audio came with 2025-03-26. Clients refuse the whole answer for a type that they do not know. */
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
