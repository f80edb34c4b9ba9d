// Where records can't be kept, it is said before anything is typed, with what to do.
import { test } from "node:test";
import { passing, world } from "./harness.mjs";

async function words(open, expected, args = []) {
  const browser = await passing(...args);
  try {
    const page = await browser.newPage({ locale: "zh-CN", ...open.options });
    if (open.script) await page.addInitScript(open.script);
    await page.goto(open.url ?? world.url);
    const said = page.getByRole("alertdialog");
    await said.filter({ hasText: expected }).waitFor();
    await open.then?.(page, said);
  } finally {
    await browser.close();
  }
}

test("too little space is told of, and the app may be opened all the same", () =>
  words(
    {
      script: () => (StorageManager.prototype.estimate = () => Promise.resolve({ quota: 150 * 1048576, usage: 0 })),
      then: async (page, said) => {
        await said.getByRole("button").click();
        await page.getByRole("button", { name: "登记" }).waitFor();
      },
    },
    "空间不够",
  ));

test("a page inside another app leads to the browser", () =>
  words(
    {
      options: { userAgent: "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/107.0 Mobile MicroMessenger/8.0" },
      script: () => delete StorageManager.prototype.getDirectory,
    },
    "在浏览器打开",
  ));

test("a page inside another app is told so whatever its engine can do, and may be opened all the same", () =>
  words(
    {
      options: { userAgent: "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile DingTalk/7.6" },
      then: async (page, said) => {
        await said.getByRole("button").click();
        await page.getByRole("button", { name: "登记" }).waitFor();
      },
    },
    "在浏览器打开",
  ));

test("an old browser is told which one will do", () => words({ script: () => delete StorageManager.prototype.getDirectory }, "109"));

test("an address without https is told of", () => {
  const url = new URL(world.url);
  url.hostname = "xunan.example";
  return words({ url: url.href }, "https", ["--host-resolver-rules=MAP xunan.example 127.0.0.1"]);
});

test("a browser that lets nothing be kept is told of", () =>
  words({ script: () => (StorageManager.prototype.getDirectory = () => Promise.reject(new DOMException("no", "SecurityError"))) }, "无痕"));
