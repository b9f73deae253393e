import { readFileSync } from 'node:fs';
import { posix, relative, resolve } from 'node:path';
import ts from 'typescript';

const ROOT = resolve(__dirname, '../..');
/** A folder within the workspace, where packages are found; nothing is ever written there. */
const DOCUMENTS = resolve(ROOT, 'documents');

/** A block of TypeScript in a document; the comment on its first line names the file it stands for. */
export interface CodeFile {
  readonly path: string;
  readonly code: string;
}

const BLOCK = /^```(?:ts|typescript)\n(.*?)^```$/gms;
const NAME = /^\/\/ ([\w./-]+\.ts)\n/;

/**
 * Every TypeScript block of a Markdown file, in order.
 * @throws Error for a block without a name, which would go unchecked.
 */
export function codeOf(markdown: string): CodeFile[] {
  const text = readFileSync(resolve(ROOT, markdown), 'utf8');
  return [...text.matchAll(BLOCK)].map(([, code = '']) => {
    const [, path] = NAME.exec(code) ?? [];
    if (path === undefined)
      throw new Error(`${markdown}: a block does not begin with its file name:\n${code}`);
    return { path, code };
  });
}

/** What the compiler has against the files, with the options of this workspace: `path:line: words`. */
export function complaintsAbout(files: readonly CodeFile[]): string[] {
  const overlay = new Map(files.map(({ path, code }) => [virtualPath(path), code]));
  const program = ts.createProgram([...overlay.keys()], workspaceOptions(), overlayHost(overlay));
  return [...overlay.keys()].flatMap((path) => {
    const source = program.getSourceFile(path);
    return [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ].map(wordsOf);
  });
}

/** Gives what a file exports, and runs it the first time; files import each other by relative paths. */
export type Load = (path: string) => Record<string, unknown>;

export function loaderOf(files: readonly CodeFile[]): Load {
  const loaded = new Map<string, Record<string, unknown>>();
  const load: Load = (path) => {
    const known = loaded.get(path);
    if (known) return known;
    const exports: Record<string, unknown> = {};
    loaded.set(path, exports);
    evaluate(fileAt(files, path), exports, (target) =>
      target.startsWith('.') ? load(targetOf(path, target)) : require(target),
    );
    return exports;
  };
  return load;
}

function evaluate(
  { code }: CodeFile,
  exports: object,
  requireFrom: (target: string) => unknown,
): void {
  const compilerOptions = { ...workspaceOptions(), module: ts.ModuleKind.CommonJS };
  const { outputText } = ts.transpileModule(code, { compilerOptions });
  // oxlint-disable-next-line no-implied-eval, typescript/no-implied-eval -- our own documents
  new Function('exports', 'require', outputText)(exports, requireFrom);
}

function fileAt(files: readonly CodeFile[], path: string): CodeFile {
  const file = files.find((candidate) => candidate.path === path);
  if (file === undefined) throw new Error(`no block is named ${path}`);
  return file;
}

/** `./echo.tools.js` as `src/app.module.ts` means it: `src/echo.tools.ts`. */
function targetOf(importer: string, target: string): string {
  return posix.join(posix.dirname(importer), target).replace(/\.js$/, '.ts');
}

function virtualPath(path: string): string {
  return resolve(DOCUMENTS, path);
}

function workspaceOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(resolve(ROOT, 'tsconfig.json'), (file) =>
    ts.sys.readFile(file),
  ) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT);
  return { ...options, noEmit: true, sourceMap: false };
}

function overlayHost(overlay: ReadonlyMap<string, string>): ts.CompilerHost {
  const host = ts.createCompilerHost(workspaceOptions());
  return {
    ...host,
    directoryExists: (path) => path.startsWith(DOCUMENTS) || host.directoryExists?.(path) === true,
    fileExists: (path) => overlay.has(path) || host.fileExists(path),
    readFile: (path) => overlay.get(path) ?? host.readFile(path),
    getSourceFile: (path, options, ...rest) => {
      const text = overlay.get(path);
      return text === undefined
        ? host.getSourceFile(path, options, ...rest)
        : ts.createSourceFile(path, text, options);
    },
  };
}

function wordsOf({ file, start = 0, messageText }: ts.Diagnostic): string {
  const words = ts.flattenDiagnosticMessageText(messageText, '\n');
  if (file === undefined) return words;
  const { line } = file.getLineAndCharacterOfPosition(start);
  return `${relative(DOCUMENTS, file.fileName)}:${line + 1}: ${words}`;
}
