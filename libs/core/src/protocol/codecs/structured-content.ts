import { asObject, isObjectSchema, wrapSchema, wrapValue } from './object-wrapping.js';
import type { StructureCodec } from './revision-codec.js';

/** Up to 2025-03-26, there is no structured content. It is sent as text if the result has no other content. */
export const NO_STRUCTURE: StructureCodec = {
  tool(definition) {
    const { outputSchema: _, ...tool } = definition;
    return tool;
  },
  result({ structuredContent, ...result }) {
    const { content } = result;
    // These clients ignore structured content, which may be the whole result of the tool.
    if (structuredContent === undefined || content.length > 0) return result;
    return { ...result, content: [{ type: 'text', text: JSON.stringify(structuredContent) }] };
  },
};

/** 2025-06-18 and 2025-11-25 allow only objects. The output schema decides whether values are wrapped, so that both match. */
export const OBJECT_STRUCTURE: StructureCodec = {
  tool({ outputSchema, ...tool }) {
    if (outputSchema === undefined) return tool;
    return {
      ...tool,
      outputSchema: isObjectSchema(outputSchema) ? outputSchema : wrapSchema(outputSchema),
    };
  },
  result(result, outputSchema) {
    const { structuredContent: value, ...rest } = result;
    if (value === undefined) return rest;
    if (outputSchema === undefined) return { ...rest, structuredContent: asObject(value) };
    const isWrapped = !isObjectSchema(outputSchema);
    return { ...rest, structuredContent: isWrapped ? wrapValue(value) : value };
  },
};

/** Since 2026-07-28, structured content may be any JSON value. */
export const ANY_STRUCTURE: StructureCodec = {
  tool: (definition) => ({ ...definition }),
  result: (result) => ({ ...result }),
};
