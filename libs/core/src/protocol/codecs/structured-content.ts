import { asObject, isObjectSchema, wrapSchema, wrapValue } from './object-wrapping.js';
import type { StructureCodec } from './revision-codec.js';

/** Up to 2025-03-26: what the text block says is all there is. */
export const NO_STRUCTURE: StructureCodec = {
  tool(definition) {
    const { outputSchema: _, ...tool } = definition;
    return tool;
  },
  result({ structuredContent, ...result }) {
    const { content } = result;
    // A tool may have said everything in its structured content, which these clients never see.
    if (structuredContent === undefined || content.length > 0) return result;
    return { ...result, content: [{ type: 'text', text: JSON.stringify(structuredContent) }] };
  },
};

/** 2025-06-18 and 2025-11-25: objects only. Which values are wrapped is the schema's to say, so that both agree. */
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

/** From 2026-07-28 on, structured content is any JSON value. */
export const ANY_STRUCTURE: StructureCodec = {
  tool: (definition) => ({ ...definition }),
  result: (result) => ({ ...result }),
};
