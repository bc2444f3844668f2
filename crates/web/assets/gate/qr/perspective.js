// The mapping of one plane onto another, as a camera makes it: from four points and where they are seen. Knows nothing of QR codes.

/** The eight numbers of the mapping that takes each of four points to its picture; null where they lie on a line. */
export function mapping(from, to) {
  // x' = (a x + b y + c) / (g x + h y + 1), y' = (d x + e y + f) / (g x + h y + 1): two equations for each point.
  const rows = from.flatMap(([x, y], n) => {
    const [u, v] = to[n];
    return [[x, y, 1, 0, 0, 0, -x * u, -y * u, u], [0, 0, 0, x, y, 1, -x * v, -y * v, v]];
  });
  return solve(rows);
}

export function place([a, b, c, d, e, f, g, h], x, y) {
  const scale = g * x + h * y + 1;
  return [(a * x + b * y + c) / scale, (d * x + e * y + f) / scale];
}

/** Gauss and Jordan, with the largest pivot. */
function solve(rows) {
  const count = rows.length;
  for (let column = 0; column < count; column++) {
    const best = rows.slice(column).reduce((top, row, n) => (Math.abs(row[column]) > Math.abs(rows[top][column]) ? column + n : top), column);
    [rows[column], rows[best]] = [rows[best], rows[column]];
    const pivot = rows[column][column];
    if (Math.abs(pivot) < 1e-9) return null;
    rows[column] = rows[column].map((value) => value / pivot);
    for (let row = 0; row < count; row++) {
      if (row === column) continue;
      const factor = rows[row][column];
      rows[row] = rows[row].map((value, at) => value - factor * rows[column][at]);
    }
  }
  return rows.map((row) => row[count]);
}
