/**
 * Photos that a camera gave: each is kept on the device before anything names it. Who files what
 * names them waits until all are kept (`settled`), so that a quick thumb loses none.
 */
import { newPhoto } from "./blob";
import type { Photo } from "./types";
import type { Command } from "./useCommand";

export interface Shots {
  /** Keeps them, one after the other; `kept` gets each. */
  take: (files: readonly File[], kept: (photo: Photo) => void) => Promise<void>;
  /** Whether everything that was taken is kept; what wasn't is the command's problem. */
  settled: () => Promise<boolean>;
}

export function useShots(command: Command): Shots {
  let under: Promise<boolean> = Promise.resolve(true);
  async function keep(files: readonly File[], kept: (photo: Photo) => void): Promise<boolean> {
    let all = true;
    for (const file of files) {
      // oxlint-disable-next-line no-await-in-loop
      const photo = await command.run("KeepPhoto", { photo: await newPhoto(file) });
      if (photo) kept(photo);
      else all = false;
    }
    return all;
  }
  async function settled(): Promise<boolean> {
    const all = await under;
    // It was told once; the next try may go on without.
    under = Promise.resolve(true);
    return all;
  }
  return {
    async take(files, kept) {
      const before = under;
      under = before.then(async (all) => (await keep(files, kept)) && all);
      await under;
    },
    settled,
  };
}
