// A picture in black and white: each point held against the mean of its surroundings, so that a shadow over half of a paper does no harm.
// Knows nothing of QR codes.

/** `pixels` is RGBA as a canvas gives it. 1 where it is dark. */
export function binary({ data, width, height }) {
  const grey = new Uint8Array(width * height);
  // Weights of ITU-R BT.601, times 256.
  for (let at = 0; at < grey.length; at++) grey[at] = (77 * data[at * 4] + 150 * data[at * 4 + 1] + 29 * data[at * 4 + 2]) >> 8;
  const sums = integral(grey, width, height);
  const out = new Uint8Array(grey.length);
  // An eighth of the picture is wider than any finder pattern, and narrower than most shadows.
  const reach = Math.max(8, Math.floor(Math.min(width, height) / 16));
  for (let y = 0; y < height; y++) {
    const [top, bottom] = [Math.max(0, y - reach), Math.min(height, y + reach + 1)];
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.max(0, x - reach), Math.min(width, x + reach + 1)];
      const wide = width + 1;
      const sum = sums[bottom * wide + right] - sums[top * wide + right] - sums[bottom * wide + left] + sums[top * wide + left];
      const mean = sum / ((bottom - top) * (right - left));
      // A little darker than the mean, so that paper without anything on it stays white.
      out[y * width + x] = grey[y * width + x] < mean - 5 ? 1 : 0;
    }
  }
  return { bits: out, width, height };
}

/** Sums of all that is above and to the left. */
function integral(grey, width, height) {
  const wide = width + 1;
  const sums = new Float64Array(wide * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += grey[y * width + x];
      sums[(y + 1) * wide + x + 1] = sums[y * wide + x + 1] + row;
    }
  }
  return sums;
}
