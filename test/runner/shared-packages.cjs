/** Packages that all test files of a worker share: large ones, whose state the environment can restore. */
const SHARED_PACKAGES = [
  '@nestjs/common',
  '@nestjs/core',
  '@nestjs/platform-express',
  '@nestjs/platform-fastify',
  '@nestjs/testing',
  '@nestjs/swagger',
  '@modelcontextprotocol/client',
  '@modelcontextprotocol/sdk',
  'ajv',
  'ajv-formats',
  'class-transformer',
  'class-validator',
  'express',
  'fast-check',
  'fastify',
  'reflect-metadata',
  'rxjs',
  'typescript',
];

/**
 * The shared packages whose classes have state of their own, such as Nest's logger and its strategy for context ids.
 */
const WITH_STATE = ['@nestjs/common', '@nestjs/core'];

module.exports = { SHARED_PACKAGES, WITH_STATE };
