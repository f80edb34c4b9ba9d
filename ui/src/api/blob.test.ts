import { flushPromises } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { effectScope, ref } from "vue";
import { useBlob } from "./blob";
import { useTransport } from "./call";
import type { Notice } from "./types";

const here = new Map<string, string>();
const fetched: string[] = [];
let synced: number | null = 1000;
const told: ((notice: unknown) => void)[] = [];
useTransport({
  async call(request) {
    const [name, params] = Object.entries(request as Record<string, { hash: string }>)[0] ?? ["", { hash: "" }];
    if (name === "SyncState") return { SyncState: { synced } };
    if (name === "FetchPhoto") fetched.push(params.hash);
    return name === "Photo" ? { Photo: here.get(params.hash) ?? null } : { None: {} };
  },
  listen: (notice) => told.push(notice),
});
async function hear(about: Notice): Promise<void> {
  for (const tell of told) tell(about);
  await flushPromises();
}

describe("a picture that the relay didn't have when it was asked for", () => {
  let scope = effectScope();
  beforeEach(() => {
    scope = effectScope();
    here.clear();
    fetched.length = 0;
  });
  afterEach(() => scope.stop());

  async function shown(hash: string) {
    const picture = scope.run(() => useBlob(ref(hash)));
    await flushPromises();
    return () => picture?.value;
  }

  it("is asked for again after each whole sync, and shows once it came", async () => {
    const picture = await shown("h1");
    expect([picture()?.absent, fetched]).toEqual([true, ["h1"]]);
    synced = 2000;
    await hear({ Sync: {} });
    expect(fetched).toEqual(["h1", "h1"]);
    here.set("h1", "data:,one");
    await hear({ Photo: { hash: "h1" } });
    expect(picture()).toEqual({ url: "data:,one", absent: false });
    synced = 3000;
    await hear({ Sync: {} });
    expect(fetched).toEqual(["h1", "h1"]);
  });

  it("is not asked for at each step of sync, of which the asking is one", async () => {
    await shown("h2");
    await hear({ Sync: {} });
    await hear({ Sync: {} });
    expect(fetched).toEqual(["h2"]);
  });

  it("shows when it came while nobody could tell", async () => {
    const picture = await shown("h3");
    here.set("h3", "data:,three");
    await hear({ Register: {} });
    expect(picture()?.url).toBe("data:,three");
  });
});
