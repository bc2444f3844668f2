// The camera: looks at its picture until it sees a code. Knows nothing of certificates.

import { decode } from "./qr/find.js";

/** How long to rest between two looks, so that the device stays cool. */
const REST_MS = 150;
/** Pictures are looked at in this size at most: a code of 25 versions then has six points a module. */
const SIDE_MAX = 1280;

/** Runs the camera; `seen` gets each code. `stop()` ends it. Throws what the browser says where there is no camera. */
export class Camera {
  constructor(view, seen) {
    Object.assign(this, { view, seen, stream: null, native: null });
  }

  async start() {
    const video = { facingMode: "environment", width: { ideal: 1920 }, height: { ideal: 1080 } };
    this.stream = await navigator.mediaDevices.getUserMedia({ video, audio: false });
    this.native = await nativeDetector();
    this.view.srcObject = this.stream;
    this.view.hidden = false;
    await this.view.play();
    this.look();
  }

  stop() {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
    this.view.srcObject = null;
    this.view.hidden = true;
  }

  get runs() {
    return this.stream !== null;
  }

  async look() {
    while (this.runs) {
      const text = await this.read();
      if (text && this.runs) this.seen(text);
      await new Promise((resolve) => setTimeout(resolve, REST_MS));
    }
  }

  async read() {
    if (this.view.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null;
    return readPicture(this.view, this.view.videoWidth, this.view.videoHeight, this.native);
  }
}

/** The browser's own reader of QR codes, where it has one that works. */
async function nativeDetector() {
  try {
    const formats = await globalThis.BarcodeDetector?.getSupportedFormats();
    return formats?.includes("qr_code") ? new BarcodeDetector({ formats: ["qr_code"] }) : null;
  } catch {
    return null;
  }
}

/** The code in a picture: by the browser's reader, and where that sees nothing, by ours. */
async function readPicture(source, width, height, native) {
  const found = native ? await native.detect(source).catch(() => []) : [];
  if (found.length > 0) return found[0].rawValue;
  const scale = Math.min(1, SIDE_MAX / Math.max(width, height));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  return decode(context.getImageData(0, 0, canvas.width, canvas.height));
}

/** The code in a picture's file; null where it is no picture or has none. */
export async function readFile(file) {
  let picture;
  try {
    picture = await createImageBitmap(file);
  } catch {
    return null;
  }
  return readPicture(picture, picture.width, picture.height, await nativeDetector());
}
