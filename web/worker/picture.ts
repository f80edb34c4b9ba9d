/** Pictures made ready by the browser: upright, scaled down, without what the camera wrote into them. */
import type { Scale } from "xunan-web";

const PICTURE_QUALITY = 0.82;
const THUMB_QUALITY = 0.75;

async function jpeg(picture: ImageBitmap, edge: number, quality: number): Promise<Uint8Array> {
  const part = Math.min(1, edge / Math.max(picture.width, picture.height));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(picture.width * part)), Math.max(1, Math.round(picture.height * part)));
  const context = canvas.getContext("2d", { alpha: false });
  if (!context) throw new Error("no canvas");
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality });
  return new Uint8Array(await blob.arrayBuffer());
}

/** None: the browser can't read it. Which way is up, a browser reads for itself. */
export async function ready(scale: Scale): Promise<{ picture: Uint8Array; thumb: Uint8Array } | null> {
  let picture: ImageBitmap | undefined;
  try {
    picture = await createImageBitmap(new Blob([scale.bytes]));
    return { picture: await jpeg(picture, scale.edge, PICTURE_QUALITY), thumb: await jpeg(picture, scale.thumb, THUMB_QUALITY) };
  } catch {
    return null;
  } finally {
    picture?.close();
  }
}
