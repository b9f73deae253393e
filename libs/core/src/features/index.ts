import type { FeatureProviders } from '../interfaces/feature-providers.interface.js';
import { TOOLS } from './tools/tools.providers.js';

/** Every feature that a server has. To add a kind of primitive, add its folder and its name here. */
export const FEATURES: readonly FeatureProviders[] = [TOOLS];
