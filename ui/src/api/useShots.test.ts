import { describe, expect, it } from "vitest";
import { useTransport } from "./call";
import type { Photo } from "./types";
import { useCommand } from "./useCommand";
import { useShots } from "./useShots";

/** A device that keeps a photo when it is told to go on. */
function slow(refuses = false) {
  const waiting: (() => void)[] = [];
  let kept = 0;
  useTransport({
    call: () =>
      new Promise((done, failed) => {
        waiting.push(() => (refuses ? failed(Object.assign(new Error("full"), { code: "store.failed", details: {}, retry: "later" })) : done({ KeepPhoto: { h: `p${(kept += 1)}` } })));
      }),
    listen: () => undefined,
  });
  return async () => {
    while (waiting.length === 0) {
      // oxlint-disable-next-line no-await-in-loop
      await new Promise((turn) => setTimeout(turn));
    }
    waiting.shift()?.();
  };
}
const shot = () => new File(["x"], "a.jpg");

describe("photos that a camera gave", () => {
  it("are all kept before anything is filed, however quick the thumb", async () => {
    const goOn = slow();
    const shots = useShots(useCommand());
    const photos: Photo[] = [];
    void shots.take([shot(), shot()], (photo) => photos.push(photo));
    const filed = shots.settled().then((all) => ({ all, names: photos.map((photo) => photo.h) }));
    await goOn();
    await goOn();
    expect(await filed).toEqual({ all: true, names: ["p1", "p2"] });
  });

  it("that couldn't be kept are told once; the next try may go on without", async () => {
    const goOn = slow(true);
    const command = useCommand();
    const shots = useShots(command);
    void shots.take([shot()], () => undefined);
    const filed = shots.settled();
    await goOn();
    expect(await filed).toBe(false);
    expect(command.problem.value?.code).toBeDefined();
    expect(await shots.settled()).toBe(true);
  });
});
