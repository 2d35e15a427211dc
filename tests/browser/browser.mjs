// What readers do on the search page; axe-core has nothing to say about any state of it.
// usage: browser.mjs ADDRESS CORPUS CHROMIUM: CORPUS is a site of corpus/ alone, of which pictures
// are taken; they go to the folder $PICTURES.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const [address, corpus, executablePath] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pictures = process.env.PICTURES;
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const desktop = { viewport: { width: 1040, height: 720 }, locale: 'vi-VN' };
let failed = 0;

// Each test has a browser of its own settings.
async function test(name, settings, steps) {
  const context = await browser.newContext({ ...desktop, ...settings });
  const page = await context.newPage();
  const wrong = [];
  page.on('pageerror', (error) => wrong.push(String(error)));
  try {
    await steps(page);
    assert.deepEqual(wrong, []);
    console.log(`passed: ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAILED: ${name}: ${error.message}`);
  }
  await context.close();
}
const search = (page, query) => page.goto(`${address}?q=${encodeURIComponent(query)}`);
const hits = (page) => page.locator('li.hit');

async function axeFindsNothing(page, state) {
  await page.evaluate(axe); // by the debugger, past the page's policy
  const found = await page.evaluate(() => globalThis.axe.run());
  assert.deepEqual(found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html)}`), [], state);
}
async function fitsTheWidth(page) {
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'it scrolls sideways');
}

await test('words typed without accents are understood', {}, async (page) => {
  await page.goto(address);
  await axeFindsNothing(page, 'start');
  await page.fill('#q', 'nuoc sach can tho');
  await page.keyboard.press('Enter');
  await page.waitForURL(/q=nuoc/);
  assert.match(await page.locator('main').innerText(), /Hiểu là: nước sạch Cần Thơ/i);
  assert.match(await hits(page).first().innerText(), /Cần Thơ: kế hoạch cấp nước sạch/);
  await axeFindsNothing(page, 'results');
});

await test('a suggestion is taken by keyboard, and / leads to the box', {}, async (page) => {
  await search(page, 'rừng');
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'q');
  await page.fill('#q', '');
  await page.keyboard.type('ke hoach', { delay: 30 });
  await page.waitForSelector('#suggestions [role=option]');
  await axeFindsNothing(page, 'suggestions');
  await page.keyboard.press('ArrowDown');
  const chosen = await page.inputValue('#q');
  assert.match(chosen, /kế hoạch/i);
  await page.keyboard.press('Enter');
  await page.waitForFunction((text) => new URLSearchParams(location.search).get('q') === text, chosen);
});

await test('a filter becomes a chip, and goes by it', {}, async (page) => {
  await search(page, 'kế hoạch');
  const before = await page.locator('.summary').innerText();
  await page.locator('nav.filters a', { hasText: 'Hải Phòng' }).first().click();
  await page.waitForURL(/H%E1%BA%A3i/);
  for (const text of await hits(page).locator('h2').allInnerTexts())
    assert.match(text, /Hải Phòng/);
  await axeFindsNothing(page, 'filtered');
  await page.locator('a', { hasText: '×' }).first().click();
  await page.waitForURL((url) => !/H%E1%BA%A3i/.test(url.search));
  assert.equal(await page.locator('.summary').innerText(), before);
  await page.goBack();
  assert.match(page.url(), /H%E1%BA%A3i/);
});

await test('days of a form, and months of the timeline', {}, async (page) => {
  await search(page, 'kế hoạch');
  await page.fill('input[name=from]', '2025-01-01');
  await page.fill('input[name=to]', '2025-12-31');
  await page.locator('form.dates button').click();
  await page.waitForURL(/from=2025/);
  for (const day of await hits(page).locator('time').evaluateAll((all) => all.map((t) => t.dateTime)))
    assert.match(day, /^2025-/);
  assert.ok(await hits(page).count() > 0);
  await axeFindsNothing(page, 'days');
  await search(page, 'kế hoạch');
  await page.locator('.timeline svg a').first().focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/date%3A/);
  assert.ok(await hits(page).count() > 0);
  await axeFindsNothing(page, 'month');
});

await test('the second page goes on', {}, async (page) => {
  await search(page, 'kế hoạch');
  const first = await hits(page).locator('h2').allInnerTexts();
  await page.locator('nav.pages a', { hasText: /^2$/ }).click();
  await page.waitForURL(/page=2/);
  const second = await hits(page).locator('h2').allInnerTexts();
  assert.equal(second.length, 10);
  assert.ok(second.every((title) => !first.includes(title)));
  await axeFindsNothing(page, 'second page');
});

await test('an article leads from mark to mark', {}, async (page) => {
  await search(page, 'trồng rừng');
  await hits(page).locator('h2 a').first().click();
  await page.waitForURL(/id=/);
  assert.match(await page.locator('h1').innerText(), /trồng rừng/);
  await page.locator('a[href="#m1"]').first().click();
  assert.equal(await page.evaluate(() => location.hash), '#m1');
  await axeFindsNothing(page, 'article');
});

await test('nothing is found, and the advanced form', {}, async (page) => {
  await search(page, 'xyzzyx');
  await axeFindsNothing(page, 'nothing found');
  await page.goto(`${address}?advanced=1`);
  await axeFindsNothing(page, 'advanced');
  await page.goto(`${address}?id=khong-co`);
  await axeFindsNothing(page, 'failure');
});

await test('on paper there is the query and no navigation', {}, async (page) => {
  await search(page, 'kế hoạch');
  await page.emulateMedia({ media: 'print' });
  assert.ok(await page.locator('h1').isVisible());
  assert.match(await page.locator('h1').innerText(), /kế hoạch/);
  for (const nav of await page.locator('nav').all()) assert.ok(!(await nav.isVisible()));
  await axeFindsNothing(page, 'print');
});

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
for (const colorScheme of ['light', 'dark'])
  await test(`on a phone, ${colorScheme}`, { ...phone, colorScheme }, async (page) => {
    await search(page, 'nuoc sach can tho');
    await fitsTheWidth(page);
    assert.ok(!(await page.locator('nav.filters').isVisible()), 'filters are open');
    await axeFindsNothing(page, `phone, ${colorScheme}`);
    await page.locator('details.narrow > summary').click();
    assert.ok(await page.locator('nav.filters').isVisible());
    await fitsTheWidth(page);
    await axeFindsNothing(page, `phone, ${colorScheme}, filters open`);
  });

await test('in the dark, on a wide screen', { colorScheme: 'dark' }, async (page) => {
  await search(page, 'nuoc sach can tho');
  await axeFindsNothing(page, 'dark');
});

await test('without JavaScript', { javaScriptEnabled: false }, async (page) => {
  await page.goto(address);
  await page.fill('#q', 'day nghe');
  await page.locator('form.search button').click();
  assert.equal(await hits(page).count(), 10);
});

await test('in English', { locale: 'en-GB' }, async (page) => {
  await search(page, 'nuoc sach');
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  assert.doesNotMatch(await page.locator('main').innerText(), /Hiểu là|Phù hợp/);
  await axeFindsNothing(page, 'English');
});

await test('the browser can add the site as a search engine', {}, async (page) => {
  await page.goto(address);
  const href = await page.locator('link[rel=search]').getAttribute('href');
  const description = await page.request.get(new URL(href, address).href);
  assert.match(description.headers()['content-type'], /opensearchdescription\+xml/);
  const template = /<Url[^>]*type="text\/html"[^>]*template="([^"]+)"/.exec(await description.text());
  assert.ok(template, await description.text());
  await page.goto(template[1].replaceAll('&amp;', '&').replace('{searchTerms}', 'kế hoạch'));
  assert.ok(await hits(page).count() > 0);
});

for (const [picture, settings] of [['results', {}], ['phone', { ...phone, colorScheme: 'dark' }]])
  await test(`the picture ${picture}.png`, settings, async (page) => {
    await page.goto(`${corpus}?q=hoc+sinh`);
    assert.ok(await hits(page).count() > 0);
    const png = await page.screenshot({ path: `${pictures}/${picture}.png` });
    assert.ok(png.length < 150000, `${png.length} bytes`);
  });

await browser.close();
process.exit(failed ? 1 : 0);
