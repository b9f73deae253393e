/** Tells whether one of the answers is true; at once, where none that matters is still to come. */
export function anyOf(
  answers: readonly (boolean | Promise<boolean>)[],
): boolean | Promise<boolean> {
  if (answers.includes(true)) return true;
  const late = answers.filter((answer) => typeof answer !== 'boolean');
  return late.length > 0 && Promise.all(late).then((all) => all.includes(true));
}
