import { RunnerProject } from '../support/app/runner-project.js';

describe('tests that fail before they close their client', () => {
  let project: RunnerProject;

  beforeAll(() => {
    project = new RunnerProject({ 'left-open.spec.ts': 'test/testing/failing/left-open.ts' });
  });

  afterAll(() => project.remove());

  it('do not keep Jest 30 from ending by itself, with status 1', async () => {
    const { status, output } = await project.jest();
    expect(output).toMatch(/Tests: +9 failed, 1 passed, 10 total/);
    expect(output).not.toContain('Jest did not exit');
    expect(status).toBe(1);
  }, 150_000);

  it('do not keep Vitest 4 from ending by itself, with status 1', async () => {
    const { status, output } = await project.vitest();
    expect(output).toMatch(/Tests +9 failed \| 1 passed \(10\)/);
    expect(status).toBe(1);
  }, 150_000);
});
