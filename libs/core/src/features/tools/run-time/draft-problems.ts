import { MISSING_SCHEMA, NOT_A_HANDLER } from '../../../messages/registry.messages.js';
import type { AnyToolHandler, ToolDraft } from './tool-draft.js';

/** What is missing of a draft where the compiler could not see it: in JavaScript, and in circular imports. */
export function draftProblems(draft: ToolDraft, handler: AnyToolHandler): string[] {
  const isHandler = typeof (handler as unknown) === 'function';
  const missing = (['input', 'output'] as const).filter(
    (step) => step in draft && draft[step] === undefined,
  );
  return [
    ...(isHandler ? [] : [NOT_A_HANDLER(draft.name)]),
    ...missing.map((step) => MISSING_SCHEMA(draft.name, step)),
  ];
}
