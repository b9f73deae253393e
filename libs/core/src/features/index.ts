import type { FeatureProviders } from '../interfaces/feature-providers.interface.js';
import { TOOLS } from './tools/tools.providers.js';

/** Every feature that a server has. A new kind of primitive adds its folder, and its name here. */
export const FEATURES: readonly FeatureProviders[] = [TOOLS];
