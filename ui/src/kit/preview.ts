/** Pictures large, over everything; a tap, Escape or back closes them. */
import { showImagePreview } from "vant";
import "vant/es/swipe/index.css";
import "vant/es/swipe-item/index.css";
import "vant/es/image/index.css";
import "vant/es/image-preview/index.css";
import { ref } from "vue";
import { blobUrl } from "@/api/blob";
import { useBack } from "./back";

export function usePreview(): (hashes: string[], at: number) => Promise<void> {
  const shown = ref(false);
  let preview: { close: () => void } | undefined;
  useBack(shown, () => preview?.close());
  return async (hashes, at) => {
    const urls = await Promise.all(hashes.map((hash) => blobUrl(hash)));
    const images = urls.filter((url) => url !== null);
    if (images.length === 0) return;
    shown.value = true;
    preview = showImagePreview({
      images,
      startPosition: Math.min(at, images.length - 1),
      onClose: () => {
        shown.value = false;
      },
    });
  };
}
