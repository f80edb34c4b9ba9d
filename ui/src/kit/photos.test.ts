import { cleanup, fireEvent, render, screen } from "@testing-library/vue";
import { flushPromises } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { useTransport } from "@/api/call";
import { i18n } from "@/i18n";
import XPhotos from "./XPhotos.vue";

const photos = ["a", "b", "c"].map((hash) => ({ hash, thumb: `${hash} small` }));
const away = new Set<string>();
const global = { plugins: [i18n] };

beforeEach(() => {
  away.clear();
  useTransport({
    async call(request) {
      const { Photo: photo } = request as { Photo?: { hash: string } };
      return photo ? { Photo: away.has(photo.hash) ? null : `data:image/png;base64,${btoa(photo.hash)}` } : { SyncState: {}, FetchPhoto: null };
    },
    listen: () => undefined,
  });
});
afterEach(cleanup);

async function large(at: number): Promise<void> {
  await fireEvent.click(screen.getByRole("button", { name: new RegExp(`第 ${at} 张照片`) }));
  await flushPromises();
}

describe("a photo that is looked at", () => {
  it("can be taken off: the one that is shown, also where another has not arrived", async () => {
    away.add("a");
    const view = render(XPhotos, { props: { photos, label: "配电箱", off: true }, global });
    await large(2);
    await fireEvent.click(screen.getByRole("button", { name: "拿掉这张照片" }));
    expect(view.emitted("off")).toEqual([["b"]]);
    await flushPromises();
    expect(document.querySelector<HTMLElement>(".van-image-preview")?.style.display).toBe("none");
  });

  it("is only shown where it may not be", async () => {
    render(XPhotos, { props: { photos, label: "配电箱" }, global });
    await large(1);
    expect(document.querySelector(".van-image-preview")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "拿掉这张照片" })).toBeNull();
  });
});
