// Lighthouse on home, list, product and cart, and axe on every kind of page, light and dark; writes docs/audit.md.
// Fails if what the docs promise is not met: see PROMISES.
import { readFileSync, writeFileSync } from 'node:fs';
import lighthouse, { desktopConfig } from 'lighthouse';
import { awaitShop, fillCart, launch, logIn } from './browser.mjs';

const [base, docs] = process.argv.slice(2);
if (!/^http:\/\/127\.0\.0\.1:\d+$/.test(base)) {
  throw new Error(`${base} (expected: http://127.0.0.1:PORT)`);
}
const RUNS = Number(process.env.AUDIT_RUNS ?? 5);
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
const PAGES = { home: '/', list: '/products', product: '/products/7', cart: '/cart' };
/** The least score of each category: the median for performance, each run for the others. */
const PROMISES = { desktop: [100, 100, 100, 100], mobile: [95, 100, 100, 100] };

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

const score = async (browser, path, form) => {
  const flags = { port: Number(new URL(browser.wsEndpoint()).port), onlyCategories: CATEGORIES, disableStorageReset: true, logLevel: 'error' };
  const result = await lighthouse(base + path, flags, form === 'desktop' ? desktopConfig : undefined);
  const failed = Object.values(result.lhr.audits)
    .filter((audit) => audit.score !== null && audit.score < 1 && audit.scoreDisplayMode === 'binary')
    .map((audit) => audit.id);
  return { scores: CATEGORIES.map((each) => Math.round(result.lhr.categories[each].score * 100)), failed,
    index: result.lhr.environment.benchmarkIndex, version: result.lhr.lighthouseVersion,
    lcp: result.lhr.audits['largest-contentful-paint'].numericValue };
};

const lighthouses = async () => {
  const rows = [];
  for (const [name, path] of Object.entries(PAGES)) {
    for (const form of ['desktop', 'mobile']) {
      const runs = [];
      for (let i = 0; i < RUNS; i++) {
        const browser = await launch();
        const page = await browser.newPage();
        await fillCart(page, base);
        await page.close();
        runs.push(await score(browser, path, form));
        await browser.close();
      }
      const scores = CATEGORIES.map((_, c) => c === 0 ? median(runs.map((run) => run.scores[0])) : Math.min(...runs.map((run) => run.scores[c])));
      const row = { name, form, scores, all: runs.map((run) => run.scores[0]), index: median(runs.map((run) => run.index)),
        version: runs[0].version, failed: [...new Set(runs.flatMap((run) => run.failed))] };
      console.log(JSON.stringify(row));
      rows.push(row);
    }
  }
  return rows;
};

const AXE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

const axe = async (page, path, scheme) => {
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.setBypassCSP(true); // for axe alone, which comes from outside
  await page.goto(base + path, { waitUntil: 'load' });
  await page.evaluate(AXE);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  const links = await page.$$eval('a[href]', (anchors) => anchors.map((anchor) => anchor.href));
  return { path, scheme, violations: found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(', ')}`), links };
};

/** One page of each kind: numbers in paths and all queries of one page count as one. */
const kind = (path) => path.replace(/\d+/g, 'N').replace(/\?.*/, (query) => '?' + [...new URLSearchParams(query.slice(1)).keys()].sort().join('&'));

const everyPage = async () => {
  const browser = await launch();
  const page = await browser.newPage();
  await fillCart(page, base);
  const seen = new Set();
  const rows = [];
  const visit = async (first) => {
    const queue = [...first];
    while (queue.length > 0 && seen.size < 80) {
      const path = queue.shift();
      if (seen.has(kind(path))) {
        continue;
      }
      seen.add(kind(path));
      for (const scheme of ['light', 'dark']) {
        const row = await axe(page, path, scheme);
        rows.push(row);
        row.violations.forEach((violation) => console.log(`axe ${scheme} ${path}: ${violation}`));
        queue.push(...row.links.filter((link) => link.startsWith(base + '/') && !/\/(logout|img|assets|api)\b|\.(xml|txt|md)$/.test(link))
          .map((link) => link.slice(base.length).replace(/#.*/, '')));
      }
    }
  };
  await visit(['/', '/products?q=teapot', '/cart', '/nowhere', '/products/999999']);
  await logIn(page, base);
  await visit(['/checkout', '/orders', '/sale', '/_edge']);
  await browser.close();
  return rows;
};

const write = (rows, pages) => {
  const lines = ['# What Lighthouse and axe say', '',
    `Written by \`mvn -q -pl examples/shop -am compile exec:exec -Pbrowser-audit\`: Lighthouse ${rows[0]?.version ?? '(left out)'} with its usual throttling, a new profile for`,
    `each run, a cart with something in it. Performance is the median of ${RUNS} runs, the others are the least of them. The benchmark index tells how quick the`,
    'machine was: below 1,000 it is slower than the phone that mobile stands for.', '',
    '| page | form | performance | all runs | accessibility | best practices | SEO | benchmark index |', '|---|---|---|---|---|---|---|---|',
    ...rows.map((r) => `| ${r.name} | ${r.form} | ${r.scores[0]} | ${r.all.join(', ')} | ${r.scores.slice(1).join(' | ')} | ${Math.round(r.index)} |`), '',
    `axe-core ${JSON.parse(readFileSync('node_modules/axe-core/package.json')).version}, ${new Set(pages.map((p) => kind(p.path))).size} kinds of pages, each light and dark: **${pages.reduce((sum, p) => sum + p.violations.length, 0)} violations**.`, '',
    ...[...new Set(pages.map((p) => '* `' + kind(p.path) + '`'))], ''];
  writeFileSync(`${docs}/audit.md`, lines.join('\n'));
};

await awaitShop(base);
const pages = await everyPage();
const rows = RUNS > 0 ? await lighthouses() : [];
write(rows, pages);
const broken = [...pages.flatMap((p) => p.violations.map((v) => `axe ${p.scheme} ${p.path}: ${v}`)),
  ...rows.flatMap((r) => r.scores.flatMap((s, c) => s < PROMISES[r.form][c]
    ? [`lighthouse ${r.form} ${r.name}: ${CATEGORIES[c]} ${s} (expected: ${PROMISES[r.form][c]}; ${r.failed.join(', ')})`] : []))];
broken.forEach((line) => console.error(line));
process.exitCode = broken.length > 0 ? 1 : 0;
