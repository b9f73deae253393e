// oxlint-disable-next-line typescript/triple-slash-reference -- a build of the application includes only what is imported
/// <reference path="./class-transformer-storage.d.ts" />
import 'reflect-metadata';
import { Type } from 'class-transformer';
import * as cjsOptions from 'class-transformer/cjs/constants/default-options.constant.js';
import * as cjsStorage from 'class-transformer/cjs/storage.js';
import * as cjsExecutor from 'class-transformer/cjs/TransformOperationExecutor.js';
import { McpBootException } from '../../../messages/mcp-boot.exception.js';
import { CLASS_TRANSFORMER_COPIES } from '../../../messages/boot.messages.js';

/**
 * The parts of one copy of class-transformer that are not public: the metadata of its decorators, and what converts
 * by them.
 */
export type ClassTransformerCopy = Pick<typeof cjsStorage, 'defaultMetadataStorage'> &
  Pick<typeof cjsExecutor, 'TransformOperationExecutor'> &
  Pick<typeof cjsOptions, 'defaultOptions'>;

/** What Node loads. */
const CJS: ClassTransformerCopy = {
  defaultMetadataStorage: cjsStorage.defaultMetadataStorage,
  TransformOperationExecutor: cjsExecutor.TransformOperationExecutor,
  defaultOptions: cjsOptions.defaultOptions,
};

/** One copy in each process, found once. */
let inUse = CJS;

/**
 * The copy of class-transformer that the application uses. A bundler may choose another build of the package than
 * Node does. Both are in the bundle then, and only one knows the decorators of the application.
 */
export function classTransformer(): ClassTransformerCopy {
  return inUse;
}

/**
 * Finds the copy that the application uses. Nest awaits it before the first class is read.
 * @throws McpBootException when it is none of those that a bundler chooses
 */
export async function findClassTransformer(
  load: () => Promise<ClassTransformerCopy> = loadBundled,
): Promise<void> {
  if (isInUse(inUse)) return;
  const bundled = await load();
  if (!isInUse(bundled)) throw new McpBootException([CLASS_TRANSFORMER_COPIES]);
  inUse = bundled;
}

/** The build for bundlers. Node cannot load it, and does not have to. */
async function loadBundled(): Promise<ClassTransformerCopy> {
  const [storage, executor, options] = await Promise.all([
    import('class-transformer/esm5/storage.js'),
    import('class-transformer/esm5/TransformOperationExecutor.js'),
    import('class-transformer/esm5/constants/default-options.constant.js'),
  ]);
  return { ...storage, ...executor, ...options };
}

/** Whether the public decorators write into the metadata of this copy. */
function isInUse({ defaultMetadataStorage }: ClassTransformerCopy): boolean {
  class Probe {}
  Type(() => Probe)(Probe.prototype, 'probe');
  return Boolean(defaultMetadataStorage.findTypeMetadata(Probe, 'probe'));
}
