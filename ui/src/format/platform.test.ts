import { afterAll, describe, expect, it } from "vitest";
import { speak } from "@/i18n";
import { platformOf } from "../../../web/worker/platform";
import { platformWords } from "./platform";

const CHROME = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36";
const EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0";
const SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

describe("what a device runs on", () => {
  afterAll(() => speak("zh-CN"));

  it("is named by its browser and its system, whatever else it claims to be", () => {
    expect([CHROME, EDGE, SAFARI, FIREFOX, "curl"].map(platformOf)).toEqual(["Chrome Android", "Edge Windows", "Safari iOS", "Firefox Linux", "browser"]);
  });

  it("is written as its maker does", () => {
    expect(["linux", "windows", "macos", "ios", "android"].map(platformWords)).toEqual(["Linux", "Windows", "macOS", "iOS", "Android"]);
    expect(["Chrome Android", "browser Mac OS", "browser iPhone", ""].map(platformWords)).toEqual(["Chrome·Android", "浏览器·macOS", "浏览器·iOS", ""]);
  });

  it("is a browser in English, too", async () => {
    await speak("en");
    expect(platformWords("browser Windows")).toBe("Browser, Windows");
  });
});
