// Pictures of QR codes as a camera sees them: turned, aslant, in a shadow, noisy, blurred. For tests.

/** A seeded source of numbers from 0 to 1. */
export function chance(seed) {
  let state = seed;
  return () => (state = (state * 1103515245 + 12345) & 0x7fffffff) / 0x7fffffff;
}

/** `rows` are strings of 0 and 1. `slant` is how much nearer one edge is than the other; `scale` is in points a module. */
export function picture(rows, { scale = 5, turn = 0, slant = 0, noise = 0, shadow = 0.4, blur = 0, seed = 7 } = {}) {
  const count = rows.length;
  const side = (count + 8) * scale;
  const [width, height] = [Math.ceil(side * 1.5), Math.ceil(side * 1.5)];
  const next = chance(seed);
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const grey = new Float32Array(width * height);
  const at = (x, y) => {
    const [dx, dy] = [x - width / 2, y - height / 2];
    const near = 1 + (slant * (dx + dy * 0.6)) / side;
    const column = Math.floor(((cos * dx + sin * dy) * near) / scale + count / 2);
    const row = Math.floor(((-sin * dx + cos * dy) * near) / scale + count / 2);
    if (column < -4 || row < -4 || column >= count + 4 || row >= count + 4) return 150;
    return rows[row]?.[column] === "1" ? 30 : 235;
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const sum = at(x + 0.25, y + 0.25) + at(x + 0.75, y + 0.25) + at(x + 0.25, y + 0.75) + at(x + 0.75, y + 0.75);
      grey[y * width + x] = (sum / 4) * (1 - (shadow * x) / width) + (next() - 0.5) * noise;
    }
  }
  const soft = blur > 0 ? blurred(grey, width, height, blur) : grey;
  const data = new Uint8ClampedArray(width * height * 4);
  soft.forEach((value, point) => {
    data.fill(value, point * 4, point * 4 + 3);
    data[point * 4 + 3] = 255;
  });
  return { data, width, height };
}

function blurred(grey, width, height, reach) {
  const out = new Float32Array(grey.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let [sum, count] = [0, 0];
      for (let row = Math.max(0, y - reach); row <= Math.min(height - 1, y + reach); row++) {
        for (let column = Math.max(0, x - reach); column <= Math.min(width - 1, x + reach); column++, count++) sum += grey[row * width + column];
      }
      out[y * width + x] = sum / count;
    }
  }
  return out;
}
