/** The script that runs before everything else, in the browser's build. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { afterEach, describe, expect, it } from "vitest";

const script = readFileSync(resolve(__dirname, "../../public/floor.js"), "utf8");
const WECHAT = "Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Mobile Safari/537.36 MicroMessenger/8.0.50";

/** Runs it in a browser that can keep records, and gives what it says. */
async function said(userAgent: string, enrolled = false, capable = true): Promise<Element | null> {
  const storage = { getDirectory: async () => ({}), estimate: async () => ({ quota: 1e12, usage: 0 }) };
  const able = { WebAssembly: {}, Worker: {}, BroadcastChannel: {}, indexedDB: {} };
  const css = { supports: () => true };
  const page = {
    body: document.body,
    createElement: (name: string) => (name === "script" ? { noModule: false } : document.createElement(name)),
    querySelector: () => ({}),
  };
  const kept = { getItem: () => (enrolled ? "yes" : null) };
  const names = ["window", "document", "navigator", "localStorage", "CSS"];
  // oxlint-disable-next-line no-new-func
  new Function(...names, script)({ isSecureContext: true, CSS: css, ...able }, page, { userAgent, locks: {}, ...(capable ? { storage } : {}) }, kept, css);
  await new Promise((done) => setTimeout(done, 0));
  return document.querySelector("[role=alertdialog]");
}
afterEach(() => document.body.replaceChildren());

describe("a page inside another app", () => {
  it.each([WECHAT, "Mozilla/5.0 Chrome/130.0 DingTalk/7.6.0", "Mozilla/5.0 Chrome/130.0 wxwork/4.1"])("is told of before anything is typed, whatever its engine can do: %s", async (agent) => {
    const words = await said(agent);
    expect(words?.textContent).toContain("在浏览器打开");
    words?.querySelector("button")?.click();
    expect(document.querySelector("[role=alertdialog]")).toBeNull();
  });

  it("gets no way on where nothing can be kept", async () => {
    const words = await said(WECHAT, false, false);
    expect(words?.textContent).toContain("在浏览器打开");
    expect(words?.querySelector("button")).toBeNull();
  });

  it("is not in the way of who has records there", async () => expect(await said(WECHAT, true)).toBeNull());
  it("is no browser of one's own", async () => expect(await said("Mozilla/5.0 Chrome/130.0 Mobile Safari/537.36")).toBeNull());
});
