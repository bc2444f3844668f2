"""Trains small models with LightGBM on made-up numbers, and says what LightGBM itself predicts.

models.py FOLDER writes NAME.txt (a model) and NAME.rows (per line: the numbers of a row and, last, the prediction, all as C99 hexadecimal floats).
"""

import pathlib
import sys

import lightgbm
import numpy

folder = pathlib.Path(sys.argv[1])
random = numpy.random.default_rng(7)
rows = 600
numbers = random.normal(size=(rows, 6)) * [1, 10, 1000, 1, 1, 1]
numbers[:, 3] = random.integers(0, 40, rows)
numbers[:, 4] = random.integers(0, 3, rows)
numbers[random.random((rows, 6)) < 0.1] = numpy.nan
numbers[random.random((rows, 6)) < 0.1] = 0.0
target = numpy.nan_to_num(numbers[:, 0]) + (numpy.nan_to_num(numbers[:, 3]) % 7 == 3) + random.normal(size=rows) * 0.3
label = (target > 0.5).astype(int)
shared = {"num_leaves": 15, "min_data_in_leaf": 3, "verbose": -1, "seed": 3, "num_threads": 1, "deterministic": True}
variants = {
    "binary": ({"objective": "binary"}, label, []),
    "categories": ({"objective": "binary", "sigmoid": 0.7, "cat_smooth": 1, "min_data_per_group": 2}, label, [3, 4]),
    "zero_missing": ({"objective": "regression", "zero_as_missing": True}, target, []),
    "no_missing": ({"objective": "regression_l1", "use_missing": False}, target, [3]),
    "forest": ({"objective": "binary", "boosting": "rf", "bagging_freq": 1, "bagging_fraction": 0.6}, label, [4]),
    "dart": ({"objective": "cross_entropy", "boosting": "dart"}, label, []),
    "constant": ({"objective": "regression", "min_data_in_leaf": rows}, target, []),
}
# What training never saw: numbers below zero and fractions as categories, numbers near zero, infinities.
odd = numpy.array(
    [
        [numpy.inf, -numpy.inf, 1e-36, -1.0, -0.5, 2.9],
        [1e-35, -1e-35, 1e300, 1e12, 3.7, numpy.nan],
        [2e-35, -2e-35, 5e-324, 31.999, 64.0, -0.0],
    ]
)
asked = numpy.concatenate([numbers[:300], odd])
for name, (parameters, wanted, categories) in variants.items():
    data = lightgbm.Dataset(numbers, wanted, categorical_feature=categories, free_raw_data=False)
    model = lightgbm.train({**shared, **parameters}, data, 20)
    model.save_model(folder / f"{name}.txt")
    loaded = lightgbm.Booster(model_file=folder / f"{name}.txt")
    predicted = loaded.predict(asked, num_threads=1)
    with open(folder / f"{name}.rows", "w") as out:
        for row, prediction in zip(asked, predicted):
            print(*(float(number).hex() for number in row), float(prediction).hex(), file=out)
print(len(variants))
