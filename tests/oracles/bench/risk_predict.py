"""Times LightGBM's own predict, one thread, and holds what it says against what we scored.

risk_predict.py FOLDER NAME... reads of each NAME.txt (a model), NAME.numbers (rows) and NAME.scored (what we said of them), all numbers little-endian doubles. The fastest of
nine rounds counts, as on our side. The last line is one JSON object.
"""

import json
import pathlib
import sys
import time

import lightgbm
import numpy

folder = pathlib.Path(sys.argv[1])
figures = {}
for name in sys.argv[2:]:
    model = lightgbm.Booster(model_file=folder / f"{name}.txt")
    rows = numpy.fromfile(folder / f"{name}.numbers", "<f8").reshape(-1, model.num_feature())
    scored = numpy.fromfile(folder / f"{name}.scored", "<f8")
    times = []
    for _ in range(9):
        begun = time.perf_counter()
        predicted = model.predict(rows, num_threads=1)
        times.append(time.perf_counter() - begun)
    called = name.replace("-", "_")
    figures[f"{called}_predicted_by_lightgbm_rows_per_s"] = round(len(rows) / min(times))
    figures[f"{called}_rows"] = len(rows)
    figures[f"{called}_same_to_the_bit"] = int((predicted.view("<u8") == scored.view("<u8")).sum())
print(json.dumps(figures))
