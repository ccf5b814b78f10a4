import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** Counts tests into the file named by CTRF_FILE, in the format the .NET tests report too. */
export default class CtrfReporter implements Reporter {
  readonly #summary = {
    tests: 0,
    passed: 0,
    failed: 0,
    skipped: 0,
    pending: 0,
    other: 0,
    start: Date.now(),
    stop: 0,
  };

  onTestCaseResult(test: TestCase): void {
    const { state } = test.result();
    this.#summary.tests++;
    this.#summary[state]++;
  }

  onTestModuleEnd(module: TestModule): void {
    // A file that fails to load has no tests, so it counts as one failed test.
    if (module.errors().length > 0) this.#summary.failed++;
  }

  onTestRunEnd(_modules: unknown, errors: readonly unknown[]): void {
    this.#summary.stop = Date.now();
    this.#summary.failed += errors.length;
    const file = process.env.CTRF_FILE;
    if (!file) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(
      file,
      JSON.stringify({ results: { tool: { name: 'vitest' }, summary: this.#summary, tests: [] } }),
    );
  }
}
