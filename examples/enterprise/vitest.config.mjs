import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globals: true,
    // `nest build` has compiled the tests with the plugin of @nestjs/swagger, so that they run what is deployed.
    include: ['dist/test/**/*.e2e-spec.js'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
