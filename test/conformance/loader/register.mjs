// node --import ./test/conformance/loader/register.mjs …
import { register } from 'node:module';

register('./hooks.mjs', import.meta.url);
