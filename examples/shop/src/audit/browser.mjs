// A Chromium that knows no host but this one, with a profile of its own, and a shopper in it.
import { existsSync } from 'node:fs';
import puppeteer from 'puppeteer-core';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--no-default-browser-check',
  '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-default-apps',
  '--disable-extensions', '--disable-domain-reliability', '--metrics-recording-only', '--disable-dev-shm-usage',
  '--password-store=basic', '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost'];

export const launch = (more = []) => {
  if (!CHROMIUM) {
    throw new Error('no Chromium (apt-get install chromium)');
  }
  return puppeteer.launch({ executablePath: CHROMIUM, headless: true, args: [...QUIET, ...more], protocolTimeout: 120_000 });
};

export const awaitShop = async (base, seconds = 180) => {
  for (let left = seconds * 2; left > 0; left--) {
    const ready = await fetch(`${base}/readyz`).catch(() => null);
    if (ready?.ok) {
      return;
    }
    await new Promise((done) => setTimeout(done, 500));
  }
  throw new Error(`no shop at ${base} within ${seconds} s`);
};

/** Follows what a form or a link leads to. */
export const follow = async (page, act) => {
  const arrived = page.waitForNavigation({ waitUntil: 'load' });
  await act();
  await arrived;
};

export const logIn = async (page, base) => {
  await page.goto(`${base}/login`);
  await page.type('form[action="/login"] input[name=email]', 'demo@shop.example');
  await page.type('form[action="/login"] input[name=password]', 'edge-first');
  await follow(page, () => page.click('form[action="/login"] button[type=submit]'));
};

/** Puts a piece of a product into the cart, as somebody without scripts does. */
export const fillCart = async (page, base, product = 7) => {
  await page.setJavaScriptEnabled(false);
  await page.goto(`${base}/products/${product}`);
  await follow(page, () => page.click('form[action="/cart/add"] button[type=submit]'));
  await page.setJavaScriptEnabled(true);
};
