/** Texts by key, the least recently used of which go first. */
export class TextCache {
  private readonly texts = new Map<string, string>();
  private characters = 0;

  constructor(
    private readonly mostTexts: number,
    private readonly mostCharacters: number,
  ) {}

  get size(): number {
    return this.texts.size;
  }

  get(key: string): string | undefined {
    const text = this.texts.get(key);
    if (text === undefined) return undefined;
    this.texts.delete(key);
    this.texts.set(key, text);
    return text;
  }

  /** Keys count, too. A text that is too long by itself is not kept. */
  set(key: string, text: string): void {
    this.forget(key);
    if (key.length + text.length > this.mostCharacters) return;
    this.texts.set(key, text);
    this.characters += key.length + text.length;
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
    const text = this.texts.get(key);
    if (text === undefined) return;
    this.texts.delete(key);
    this.characters -= key.length + text.length;
  }
}
