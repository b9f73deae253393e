import { isConditional, isNested, type Rule } from './metadata/class-rules.js';
import { messageOf, wording } from './rules/rule-message.js';
import type { BoundRule } from './rules/bound-rules.js';
import { wordsOfRule } from './rules/rule-words.js';
import { hasOwnSchema } from './rule-schema.js';
import { isOfClassValidator, keywordsOf } from './rule-keywords.js';

const LONGEST = 300;
/** Two values that no message contains by chance. If its text differs for them, it repeats the value. */
const VALUES = [undefined, '\u0000nestmcp'] as const;
/** nestjs-i18n translates its texts for each request. */
const UNTRANSLATED = /^[\w.-]{1,200}\|\{/;

/**
 * The description of a property, followed by a sentence for each rule that JSON Schema cannot express. Undefined if
 * there is nothing to say.
 */
export function describedBy(
  rules: readonly Rule[],
  description: string | undefined,
): string | undefined {
  const sentences = new Set(rules.flatMap(sentencesOf));
  if (sentences.size === 0) return description;
  const said = description === undefined ? [] : [ended(description)];
  return [...said, ...sentences].join(' ');
}

function sentencesOf(rule: Rule): string[] {
  if (isNested(rule) || isConditional(rule)) return [];
  const words = isOfClassValidator(rule.name) ? builtInWords(rule) : ownWords(rule);
  return words === undefined || words === '' ? [] : [sentence(words)];
}

/** A rule of class-validator whose keywords say everything needs no words. */
function builtInWords(rule: Rule): string | undefined {
  const constraints = (rule.constraints ?? []) as unknown[];
  const words = wordsOfRule(rule.name ?? '', constraints);
  if (words !== undefined) return rule.each ? `each value ${words}` : words;
  const { type: _, ...keywords } = keywordsOf(rule.name, constraints);
  const isSaid = Object.keys(keywords).length > 0 && rule.name !== 'matches';
  return isSaid ? undefined : patternWords(rule);
}

/** A pattern alone says little. The message of the application explains it. */
function patternWords(rule: Rule): string | undefined {
  if (rule.name !== 'matches') return undefined;
  const isPublished = 'pattern' in keywordsOf(rule.name, (rule.constraints ?? []) as unknown[]);
  return rule.message || !isPublished ? ownWords(rule) : undefined;
}

/** The message of a rule, if it is the same for every value. Its constraint is not constructed for it. */
function ownWords(rule: Rule): string | undefined {
  if (hasOwnSchema(rule)) return undefined;
  const { propertyName: property, constraints, target } = rule;
  const made = rule.constraintCls as { readonly prototype?: BoundRule['constraint'] } | undefined;
  const constraint = made?.prototype;
  try {
    const [first, second] = VALUES.map((value) => {
      const targetName = typeof target === 'function' ? target.name : target;
      const args = { targetName, property, object: {}, value, constraints };
      return wording(property, null, messageOf(rule, args, constraint));
    });
    return first !== second || UNTRANSLATED.test(first ?? '') ? undefined : first;
  } catch {
    return undefined;
  }
}

/** `Must be a URL.` */
function sentence(words: string): string {
  const text = words.length > LONGEST ? `${words.slice(0, LONGEST - 1)}…` : words;
  return ended(text.charAt(0).toUpperCase() + text.slice(1));
}

function ended(text: string): string {
  return /[\p{L}\p{N})\]"'/]$/u.test(text.trimEnd()) ? `${text.trimEnd()}.` : text;
}
