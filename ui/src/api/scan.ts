/** Reads QR codes: by the engine's own reader where it has one, else by code that is fetched then. */
type Picture = HTMLVideoElement | HTMLImageElement;
/** What a code says; null: there is none in the picture. */
export type ReadCode = (picture: Picture) => Promise<string | null>;

interface Detector {
  detect(picture: Picture): Promise<{ rawValue: string }[]>;
}
interface DetectorClass {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

/** Longer edges make reading slow and find no more, in pixels. */
const EDGE = 1200;

async function ofEngine(): Promise<ReadCode | null> {
  const { BarcodeDetector } = window as { BarcodeDetector?: DetectorClass };
  const formats = await BarcodeDetector?.getSupportedFormats().catch((): string[] => []);
  if (!BarcodeDetector || !formats?.includes("qr_code")) return null;
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  return async (picture) => {
    const found = await detector.detect(picture).catch(() => []);
    return found[0]?.rawValue ?? null;
  };
}

function pixels(picture: Picture): ImageData | null {
  const [width, height] = picture instanceof HTMLVideoElement ? [picture.videoWidth, picture.videoHeight] : [picture.naturalWidth, picture.naturalHeight];
  const part = Math.min(1, EDGE / Math.max(width, height, 1));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * part);
  canvas.height = Math.round(height * part);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context || canvas.width === 0 || canvas.height === 0) return null;
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

async function ofCode(): Promise<ReadCode> {
  const { default: decode } = await import("qr/decode.js");
  return async (picture) => {
    const image = pixels(picture);
    if (!image) return null;
    try {
      return decode(image);
    } catch {
      // So it says that it found none.
      return null;
    }
  };
}

export async function codeReader(): Promise<ReadCode> {
  return (await ofEngine()) ?? ofCode();
}

/** What the code in a photo says; null: none is to be seen in it. */
export async function readPhoto(file: Blob): Promise<string | null> {
  const url = URL.createObjectURL(file);
  try {
    const picture = new Image();
    picture.src = url;
    await picture.decode();
    const read = await codeReader();
    return await read(picture);
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(url);
  }
}
