// What came of each test, by the suite's own words: count.mjs <results of its cli.mjs>. One line for each: kind, result, id, what it said.
import fs from 'fs'
import tests from 'http-cache-tests/tests/index.mjs'
import { determineTestResult } from 'http-cache-tests/lib/display.mjs'

const results = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'))
const words = { '✅': 'pass', 'Y': 'pass', '⛔️': 'fail', '⚠️': 'fail', 'N': 'fail', '🔹': 'setup', '⁉️': 'harness', '⚪️': 'dependency', '↻': 'retry', '-': 'untested' }

for (const suite of tests) {
  for (const test of suite.tests.filter(test => test.browser_only !== true)) {
    const word = words[determineTestResult(tests, test.id, results)[2]]
    const result = results[test.id]
    console.log([test.kind || 'required', word, test.id, Array.isArray(result) ? result.join(': ') : ''].join('\t'))
  }
}
