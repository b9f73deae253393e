/** A cache of texts. The least recently used ones are dropped first. */
export class TextCache<Held extends { readonly text: string }> {
  private readonly texts = new Map<string, Held>();
  private characters = 0;

  constructor(
    private readonly mostTexts: number,
    private readonly mostCharacters: number,
  ) {}

  get size(): number {
    return this.texts.size;
  }

  get(key: string): Held | undefined {
    const held = this.texts.get(key);
    if (held === undefined) return undefined;
    this.texts.delete(key);
    this.texts.set(key, held);
    return held;
  }

  /** The length of keys counts, too. A text that is too long by itself is not cached. */
  set(key: string, held: Held): void {
    this.forget(key);
    const characters = key.length + held.text.length;
    if (characters > this.mostCharacters) return;
    this.texts.set(key, held);
    this.characters += characters;
    for (const oldest of this.texts.keys()) {
      if (this.texts.size <= this.mostTexts && this.characters <= this.mostCharacters) return;
      this.forget(oldest);
    }
  }

  clear(): void {
    this.texts.clear();
    this.characters = 0;
  }

  private forget(key: string): void {
    const held = this.texts.get(key);
    if (held === undefined) return;
    this.texts.delete(key);
    this.characters -= key.length + held.text.length;
  }
}
