"""Trains plain LightGBM and XGBoost on labelled declarations.

risk_peers.py TRAIN VALID FOLDER [TREES] writes NAME.scores (per row of VALID: the chance of fraud, and that times the duty at stake), lightgbm.txt (the model) and
lightgbm.numbers (the rows as LightGBM was given them, little-endian doubles). The last line is one JSON object.

Plain: every column but the identifiers of the declaration, its day and the labels; categories as such; nothing made of them. One thread.
"""

import json
import pathlib
import sys

import lightgbm
import numpy
import pandas
import xgboost

train_file, valid_file, folder = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
left_out = ["Declaration ID", "Date", "Fraud", "Critical Fraud"]
numbers = ["Tax Rate", "Net Mass", "Item Price"]
train, valid = (pandas.read_csv(file, dtype=str) for file in (train_file, valid_file))
label = (train["Fraud"] == "1").astype(int)
stake = valid["Tax Rate"].astype(float) * valid["Item Price"].astype(float) / 100


def prepared(column):
    if column in numbers:
        return train[column].astype(float), valid[column].astype(float)
    known = pandas.CategoricalDtype(sorted(train[column].dropna().unique()))
    return tuple(table[column].where(table[column].isin(known.categories)).astype(known) for table in (train, valid))


columns = [column for column in train.columns if column not in left_out]
pairs = {column: prepared(column) for column in columns}
seen = pandas.DataFrame({column: pair[0] for column, pair in pairs.items()})
asked = pandas.DataFrame({column: pair[1] for column, pair in pairs.items()})


def write(name, chances):
    with open(folder / f"{name}.scores", "w") as out:
        for chance, duty in zip(chances, stake):
            print(repr(float(chance)), repr(float(chance * duty)), file=out)


settings = {"objective": "binary", "num_leaves": 127, "learning_rate": 0.05, "seed": 1, "num_threads": 1, "deterministic": True, "force_row_wise": True, "verbose": -1}
trees = int(sys.argv[4]) if len(sys.argv) > 4 else 1000
booster = lightgbm.train(settings, lightgbm.Dataset(seen, label), trees)
booster.save_model(folder / "lightgbm.txt")
coded = numpy.column_stack([asked[column] if column in numbers else asked[column].cat.codes.replace(-1, numpy.nan) for column in columns]).astype("<f8")
coded.tofile(folder / "lightgbm.numbers")
loaded = lightgbm.Booster(model_file=folder / "lightgbm.txt")
write("lightgbm", loaded.predict(coded, num_threads=1))

plain = {"objective": "binary:logistic", "max_leaves": 127, "grow_policy": "lossguide", "max_depth": 0, "eta": 0.05, "tree_method": "hist", "nthread": 1, "seed": 1}
other = xgboost.train(plain, xgboost.DMatrix(seen, label, enable_categorical=True), trees)
write("xgboost", other.predict(xgboost.DMatrix(asked, enable_categorical=True)))
print(json.dumps({"lightgbm_trees": trees, "lightgbm_leaves": 127}))
