/**
 * Whether one of the answers is true. Returns a promise only if no answer is true yet and some are still
 * pending.
 */
export function anyOf(
  answers: readonly (boolean | Promise<boolean>)[],
): boolean | Promise<boolean> {
  if (answers.includes(true)) return true;
  const pending = answers.filter((answer) => typeof answer !== 'boolean');
  return pending.length > 0 && Promise.all(pending).then((all) => all.includes(true));
}
