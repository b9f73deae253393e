import type { Check, RunResult, ScenarioResult } from './results.js';
import { problemsOf, problemsOfControl } from './verdict.js';

const check = (status: Check['status'], id = 'a'): Check => ({ id, status });
const good: ScenarioResult = { scenario: 'good', checks: [check('SUCCESS')] };
const bad: ScenarioResult = { scenario: 'bad', checks: [check('SUCCESS'), check('FAILURE', 'b')] };

const runOf = (...scenarios: ScenarioResult[]): RunResult => ({
  run: 'suite',
  result: {
    announced: scenarios.length,
    scenarios,
    exitCode: scenarios.includes(bad) ? 1 : 0,
    late: false,
    output: 'what it printed',
  },
});

describe('the verdict on a run of the conformance suite', () => {
  it('reports no errors when everything passes', () => {
    expect(problemsOf([runOf(good)], {})).toEqual([]);
  });

  it('names every failure that is not listed', () => {
    expect(problemsOf([runOf(good, bad)], {})).toEqual(['suite, bad: b: failed']);
  });

  it('excuses a listed scenario, or only the listed checks', () => {
    expect(problemsOf([runOf(bad)], { issue: { bad: 'all' } })).toEqual([]);
    expect(problemsOf([runOf(bad)], { issue: { bad: ['b'] } })).toEqual([]);
    expect(problemsOf([runOf(bad)], { issue: { bad: ['c'] } })).toEqual([
      'suite, bad: b: failed',
      expect.stringContaining('suite, bad: c passes, and is listed'),
    ]);
  });

  it('does not let the list become outdated', () => {
    expect(problemsOf([runOf(good)], { issue: { good: 'all' } })).toEqual([
      expect.stringContaining('suite, good: passes, and is listed'),
    ]);
    expect(problemsOf([runOf(good)], { issue: { gone: 'all' } })).toEqual([
      expect.stringContaining('gone is listed as not yet there, and no suite has it'),
    ]);
  });

  it('treats a warning as something that is not implemented yet', () => {
    const warned: ScenarioResult = {
      scenario: 'warned',
      checks: [check('SUCCESS'), check('WARNING')],
    };
    expect(problemsOf([runOf(warned)], { issue: { warned: 'all' } })).toEqual([]);
  });

  it.each<[string, Partial<RunResult['result']>, string]>([
    ['ran fewer scenarios than it announced', { announced: 2 }, 'ran 1 scenarios of 2'],
    ['ran none at all', { announced: 0, scenarios: [] }, 'ran 0 scenarios of 0'],
    ['announced nothing', { announced: -1, scenarios: [] }, 'what it printed'],
    ['was killed', { late: true, exitCode: -1 }, 'ended since good took too long'],
    ['crashed', { exitCode: 134 }, 'exited with 134'],
    ['reports a failure without details', { exitCode: 1 }, 'nothing failed'],
    [
      'did not complete a scenario',
      { scenarios: [{ scenario: 'good', checks: undefined }] },
      'did not come to its end',
    ],
  ])('fails a suite that %s', (_, result, words) => {
    const { run, result: whole } = runOf(good);
    expect(problemsOf([{ run, result: { ...whole, ...result } }], {}).join()).toContain(words);
  });
});

describe('the verdict on a run against a dead server', () => {
  it('is good when every scenario fails that can', () => {
    expect(problemsOfControl(runOf(bad), [])).toEqual([]);
    expect(problemsOfControl(runOf(bad, good), ['good'])).toEqual([]);
  });

  it('names the scenarios that detect nothing', () => {
    expect(problemsOfControl(runOf(bad, good), [])).toEqual([
      'suite, good: does not fail, with nobody to answer it',
    ]);
  });

  it('does not accept a run without results', () => {
    expect(problemsOfControl(runOf(), [])).toEqual([
      expect.stringContaining('ran 0 scenarios'),
      expect.stringContaining('takes a dead server for a good one'),
    ]);
  });
});
