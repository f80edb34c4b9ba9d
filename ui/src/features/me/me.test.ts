import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { Me, Rights } from "@/api/types";
import { rolesOf, stepsOf } from "./help";
import { SCREEN_PARTS } from "./licences";
import { complaint } from "./words";

const UI = resolve(__dirname, "../../..");
const read = (path: string) => JSON.parse(readFileSync(resolve(UI, path), "utf8"));

describe("what the screens are built on", () => {
  it("is named, all of it, with its own licence", () => {
    const carried = Object.keys(read("package.json").dependencies).map((name) => ({ name, licence: read(`node_modules/${name}/package.json`).license }));
    expect([...SCREEN_PARTS].sort((a, b) => a.name.localeCompare(b.name))).toEqual(carried.sort((a, b) => a.name.localeCompare(b.name)));
  });
});

describe("help", () => {
  const none: Rights = { inspect: false, self_inspect: false, post_check: false, order: false, answer: false, lead: false, supervise: false, administer: false };

  it("opens at what one is", () => {
    expect(rolesOf({ ...none, inspect: true, supervise: true })).toEqual(["supervisor", "inspector"]);
    expect(rolesOf({ ...none, answer: true })).toEqual(["enterprise"]);
    expect(rolesOf(undefined)).toEqual([]);
  });

  it("has its steps in order", () => expect(stepsOf("worker")).toHaveLength(3));
});

describe("a complaint", () => {
  it("carries what is needed to find the cause", () => {
    const me = { person: { name: "万春梅", unit: "东关街道" }, version: "0.1.0", device: "d1", relay: "https://r" } as unknown as Me;
    const text = complaint({ kind: "suggestion", words: " 字太小 " }, me, "11月24日 12:00", "net.unreachable");
    expect(text.split("\n")).toEqual(["巡安 建议", "字太小", "万春梅，东关街道", "版本 0.1.0；设备 d1；服务器 https://r；11月24日 12:00", "最近的问题 net.unreachable"]);
    expect(complaint({ kind: "complaint", words: "x" }, me, "", undefined)).not.toContain("最近的问题");
  });
});
