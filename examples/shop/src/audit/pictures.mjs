// A first visitor's minute as an animated picture, and the shop in light and dark: docs/images. Asks for a shop with --world.
import sharp from 'sharp';
import { awaitShop, follow, launch } from './browser.mjs';

const [base, docs] = process.argv.slice(2);
const WIDTH = 1120;
const HEIGHT = 760;
const images = `${docs}/images`;

await awaitShop(base);
const browser = await launch();
const page = await browser.newPage();
await page.setViewport({ width: WIDTH, height: HEIGHT });

const scheme = (value) => page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }, { name: 'prefers-reduced-motion', value: 'reduce' }]);
const rest = (millis) => new Promise((done) => setTimeout(done, millis));

/** The shop as it is, in both schemes. */
const stills = async () => {
  for (const [name, path] of [['home', '/'], ['product', '/products/7'], ['list', '/products?category=lighting'], ['dashboard', '/_edge']]) {
    for (const value of ['light', 'dark']) {
      await scheme(value);
      await page.goto(base + path, { waitUntil: 'load' });
      await rest(1500);
      await sharp(await page.screenshot()).webp({ quality: 85 }).toFile(`${images}/${name}-${value}.webp`);
    }
  }
};

/** What is told, on a bar of its own above the page. */
const caption = (text) => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="56"><rect width="100%" height="100%" fill="#0f1a17"/>
<text x="28" y="36" font-family="sans-serif" font-size="21" font-weight="600" fill="#e9f5f0">${text}</text></svg>`);

const frames = [];
const delays = [];
const shoot = async (text, millis) => {
  await rest(700);
  const told = await sharp(await page.screenshot()).extend({ top: 56, background: '#0f1a17' })
    .composite([{ input: caption(text), top: 0, left: 0 }]).png().toBuffer();
  frames.push(await sharp(told).resize({ width: 900 }).png().toBuffer());
  delays.push(millis);
};

const openBar = async () => {
  await page.evaluate(() => {
    const bar = document.getElementById('edgebar');
    bar.open = true;
    bar.scrollIntoView({ block: 'end' });
  });
};

const region = async (title) => {
  await openBar();
  const link = await page.evaluateHandle((name) => [...document.querySelectorAll('#edgebar .regions a')].find((a) => a.textContent === name), title);
  await follow(page, () => link.evaluate((a) => a.click()));
  return new URL(page.url()).origin;
};

const press = async (label) => {
  const form = await page.evaluateHandle((name) => document.querySelector(`button[aria-label="${name}"]`).form, label);
  await follow(page, () => form.evaluate((f) => f.requestSubmit()));
};

const minute = async () => {
  await scheme('light');
  await page.goto(base + '/products/7', { waitUntil: 'load' });
  const tokyo = await region('Tokyo');
  await shoot('Tokyo: the page, its prices and its cart come from the edge', 2200);
  await openBar();
  await shoot('The bar of each page shows which layer took how long', 2600);
  await region('London');
  await shoot('One click: London, another edge with stores of its own', 2200);
  await page.goto(`${tokyo}/products/7`, { waitUntil: 'load' });
  await page.evaluate(() => document.querySelector('form.buy').requestSubmit());
  await shoot('Into the cart: one durable object, on disk before the answer', 2200);
  await page.goto(`${tokyo}/_edge`, { waitUntil: 'load' });
  await shoot('The dashboard: regions, layers, caches, live', 2400);
  await press('Take away: Origin');
  await shoot('Take the origin away ...', 1800);
  await page.goto(`${tokyo}/products?q=teapot`, { waitUntil: 'load' });
  await shoot('... and search goes on, and says how old it is', 2600);
  await page.goto(`${tokyo}/cart`, { waitUntil: 'load' });
  await shoot('... and so does the cart', 2600);
  await page.goto(`${tokyo}/_edge`, { waitUntil: 'load' });
  await press('Give back: Origin');
  await shoot('The origin is back. Nothing was lost', 2600);
  await sharp(frames, { join: { animated: true } }).webp({ quality: 78, effort: 6, loop: 0, delay: delays }).toFile(`${images}/minute.webp`);
};

try {
  await stills();
  await minute();
} finally {
  await browser.close();
}
