// At a phone's size on a real device: what arrives late (a picture, a signature) moves nothing that
// a thumb may be about to press. A photo that is taken off comes back, and so does a decision of an
// app that was ended.
import assert from "node:assert/strict";
import { act, ask, at, day, drawn, enrolAll, launch, report, windowOf } from "./browser.mjs";

/** Where everything stands that can be pressed or that heads something. */
const places = (page) =>
  page.evaluate(() => {
    const all = [...document.querySelectorAll("a, button, label, h1, h2, h3, [role=button]")];
    return all.filter((one) => one.offsetHeight > 0).map((one) => {
      const { x, y, width, height } = one.getBoundingClientRect();
      return `${(one.getAttribute("aria-label") ?? one.textContent).trim().slice(0, 24)}: ${[x, y, width, height].map(Math.round)}`;
    });
  });

/** Opens a place while no picture arrives, lets them come, and compares. It has come when `seen` is there, and a `tab` if it has some. */
async function comesLater(context, path, seen, tab) {
  const asked = new Set();
  let release;
  const held = new Promise((done) => (release = done));
  let first;
  const begun = new Promise((done) => (first = done));
  await context.route("**/__call", async (route) => {
    const request = route.request().postData() ?? "";
    if (request.startsWith('{"Photo"')) {
      asked.add(request);
      first();
      await held;
    }
    await route.continue();
  });
  const page = await context.newPage();
  await page.goto(`${base}/#${path}`);
  await page.getByText(seen).first().waitFor();
  if (tab) await page.getByRole("tab", { name: tab }).waitFor();
  await page.getByRole("link", { name: /同步/ }).first().waitFor();
  await begun;
  const before = await places(page);
  release();
  await page.waitForFunction((n) => document.images.length >= n && [...document.images].every((one) => one.complete), asked.size);
  assert.deepEqual(await places(page), before, `${path}: a picture moved something`);
  await context.unroute("**/__call");
  await page.close();
}

/** Items out of view sleep, and stand where they would if they were awake; so they do when the phone is turned. */
async function sleep(context, path) {
  const page = await context.newPage();
  await page.goto(`${base}/#${path}`);
  const stand = () => page.getByRole("article").evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().top - all[0].getBoundingClientRect().top)));
  for (const turned of [{ width: 360, height: 740 }, { width: 740, height: 360 }, { width: 360, height: 740 }]) {
    await page.setViewportSize(turned);
    await page.waitForFunction((width) => window.innerWidth === width, turned.width);
    await page.evaluate(() => new Promise(requestAnimationFrame));
    await page.waitForFunction(() => {
      const all = [...document.querySelectorAll("article")];
      return all.length > 0 && !all.at(-1).checkVisibility({ contentVisibilityAuto: true });
    });
    const asleep = await stand();
    const awake = await page.addStyleTag({ content: "* { content-visibility: visible !important }" });
    assert.deepEqual(await stand(), asleep, `${path}: items sleep elsewhere than they stand`);
    await awake.evaluate((style) => style.remove());
  }
  await page.close();
}

/** Asks until it holds: the screen is ahead of the device by a request. */
async function holds(what, is) {
  for (const until = Date.now() + 20_000; !(await is()); ) assert.ok(Date.now() < until, what);
}

async function draw(page) {
  const canvas = page.getByRole("dialog").locator("canvas");
  await canvas.hover();
  const paper = await canvas.boundingBox();
  await page.mouse.move(paper.x + 60, paper.y + 60);
  await page.mouse.down();
  await page.mouse.move(paper.x + 160, paper.y + 110, { steps: 6 });
  await page.mouse.up();
  await page.getByRole("button", { name: "签好了" }).click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
}

const browser = await launch();
const { page: base } = JSON.parse(process.argv[2]).people.wan;
try {
  await enrolAll();
  const photos = [await drawn(browser), await drawn(browser, { hue: 30 })];
  const context = await windowOf(browser);
  const start = await ask("wan", "Start", { near: null });
  const site = start.planned[0].site.id;
  const begun = await ask("wan", "Begin", { site, place: null, kind: "routine", basis: "plan", plan: [], lists: ["k1"], team: [], role: "member", loc: null });
  const { id } = begun;
  const [first] = (await ask("wan", "Inspection", { id })).lists[0].sections[0].items;
  for (const photo of photos) await ask("wan", "AddPhoto", { id, list: "k1", item: first.item.code, photo });
  const finding = (await report("wan", { site, text: "疏散通道堆放物料桶", due: day(7), photos })).id;

  const view = () => ask("wan", "Finding", { id: finding });

  // Pictures that come late.
  await comesLater(context, `/inspect/${id}`, first.item.text);
  await comesLater(context, `/findings/${finding}`, "疏散通道");
  await comesLater(context, "/findings", "疏散通道", /^已销号/);

  await sleep(context, `/inspect/${id}`);

  // A photo off an item and off a report, and back.
  const fill = await at(context, "wan", `/inspect/${id}`);
  const item = fill.getByRole("article").first();
  const shots = item.getByRole("button", { name: /张照片/ });
  await shots.nth(1).click();
  await fill.getByRole("button", { name: "拿掉这张照片" }).click();
  await fill.getByText("已拿掉 1 张照片").waitFor();
  await shots.nth(1).waitFor({ state: "detached" });
  await fill.getByRole("button", { name: "撤销" }).click();
  await shots.nth(1).waitFor();
  const read = await at(context, "wan", `/findings/${finding}`);
  await read.getByRole("button", { name: /点开看大图/ }).click();
  await read.getByRole("button", { name: "拿掉这张照片" }).click();
  await read.getByText("已拿掉 1 张照片").waitFor();
  assert.equal((await view()).before.length, 1);
  await read.getByRole("button", { name: "撤销" }).click();
  await holds("the photo is back", async () => (await view()).before.length === 2);

  // A signature that arrives.
  const end = await at(context, "wan", `/inspect/${id}/end`);
  const own = end.getByRole("button", { name: "签名", exact: true });
  const finish = end.getByRole("button", { name: "完成并封存" });
  const stood = [await own.boundingBox(), await finish.boundingBox()];
  await end.getByRole("button", { name: "请被检查单位代表签名" }).click();
  await draw(end);
  await end.getByRole("img", { name: /签名/ }).waitFor();
  assert.deepEqual([await own.boundingBox(), await finish.boundingBox()], stood, "the signature moved what is pressed next");
  await own.click();
  await draw(end);
  await end.getByRole("img", { name: /签名/ }).nth(1).waitFor();

  // The app is ended just after a decision: it is offered to be taken back when it opens.
  await act("wan", finding, "withdrawn", { reason: "看错了" });
  const opened = await at(context, "wan", "/today");
  await opened.getByText("已记下：撤回").waitFor();
  await opened.getByRole("button", { name: "撤销" }).click();
  await holds("it is a report again", async () => (await view()).row.state === "reported");
} finally {
  await browser.close();
}
