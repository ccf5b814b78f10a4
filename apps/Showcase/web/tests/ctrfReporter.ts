import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** Writes counts and failures to the file named by CTRF_FILE, in the format the .NET tests report too. */
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

  readonly #failures: { name: string; status: 'failed'; message: string }[] = [];

  onTestCaseResult(test: TestCase): void {
    const { state, errors } = test.result();
    this.#summary.tests++;
    this.#summary[state]++;
    if (state === 'failed') this.#addFailure(test.fullName, errors);
  }

  #addFailure(name: string, errors: readonly { message: string }[] = []): void {
    const message = errors.map((error) => error.message).join('\n');
    this.#failures.push({ name, status: 'failed', message });
  }

  onTestModuleEnd(module: TestModule): void {
    // A file that fails to load has no tests, so it counts as one failed test.
    if (module.errors().length === 0) return;
    this.#summary.failed++;
    this.#addFailure(module.relativeModuleId, module.errors());
  }

  onTestRunEnd(_modules: unknown, errors: readonly { message: string }[]): void {
    this.#summary.stop = Date.now();
    this.#summary.failed += errors.length;
    for (const error of errors) this.#addFailure('outside of tests', [error]);
    const file = process.env.CTRF_FILE;
    if (!file) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(
      file,
      JSON.stringify({
        results: { tool: { name: 'vitest' }, summary: this.#summary, tests: this.#failures },
      }),
    );
  }
}
