"""Goods accounts kept a second time, with Python's exact fractions: what each account holds after a history, and what each departure came from.

accounts.py < HISTORIES > RESULTS. HISTORIES is a JSON array of histories, each an array of movements that can be done, in order. RESULTS has for each history
`balances` (what is in each lot and receipt) and `traces` (for each departure, what it came from by declared item). Quantities are in the unit of their kind.
"""

import json
import sys
from decimal import Decimal
from fractions import Fraction

SCALE = {"KGM": 6, "LTR": 6, "C62": 0}


def steps(quantity):
    scaled = Decimal(quantity["amount"]).scaleb(SCALE[quantity["unit"]])
    assert scaled == scaled.to_integral_value()
    return int(scaled)


def minor(money):
    return int(Decimal(money["amount"]).scaleb(2))


def hare(total, weights):
    """The largest remainder, as its definition says it."""
    whole = sum(weights)
    quotas = [Fraction(total * weight, whole) for weight in weights]
    seats = [quota.numerator // quota.denominator for quota in quotas]
    by_remainder = sorted(range(len(weights)), key=lambda at: (-(quotas[at] - seats[at]), at))
    for at in by_remainder[: total - sum(seats)]:
        seats[at] += 1
    return seats


class Book:
    def __init__(self):
        self.accounts = {}
        self.traces = []

    def take(self, holding, wanted):
        """Layers from the front of an account: (quantity, {origin: [quantity, value]})."""
        [(kind, name)] = holding.items()
        layers = self.accounts[kind, name]
        taken = []
        while wanted:
            quantity, origins = layers.pop(0)
            if quantity > wanted:
                here, there = {}, {}
                for origin, pair in origins.items():
                    split = [hare(number, [wanted, quantity - wanted]) for number in pair]
                    here[origin] = [parts[0] for parts in split]
                    there[origin] = [parts[1] for parts in split]
                layers.insert(0, (quantity - wanted, there))
                quantity, origins = wanted, here
            taken.append((quantity, origins))
            wanted -= quantity
        return taken

    def put(self, kind, name, layers):
        self.accounts.setdefault((kind, name), []).extend(layers)

    def do(self, movement):
        [(what, body)] = movement.items()
        getattr(self, what, self.nothing)(body)

    def nothing(self, _):
        pass

    def entry(self, body):
        quantity = steps(body["quantity"])
        origin = (body["item"]["declaration"], body["item"]["item"], body["commodity"])
        self.put("lot", body["lot"], [(quantity, {origin: [quantity, minor(body["value"])]})])

    def issue(self, body):
        self.put("receipt", body["receipt"], self.take({"lot": body["lot"]}, steps(body["quantity"])))

    def split(self, body):
        for part in body["parts"]:
            self.put("receipt", part["receipt"], self.take({"receipt": body["receipt"]}, steps(part["quantity"])))

    def transfer(self, body):
        self.put("receipt", body["becomes"], self.accounts["receipt", body["receipt"]])
        self.accounts["receipt", body["receipt"]] = []

    def surrender(self, body):
        self.put("lot", body["lot"], self.accounts["receipt", body["receipt"]])
        self.accounts["receipt", body["receipt"]] = []

    def process(self, body):
        used = [layer for take in body["takes"] for layer in self.take(take["from"], steps(take["quantity"]))]
        origins = merged(used)
        share = {product["commodity"]: product["share"] for product in body["recipe"]["products"]}
        shares = [share[made["commodity"]] for made in body["makes"]]
        for at, made in enumerate(body["makes"]):
            mine = {origin: [hare(number, shares)[at] for number in pair] for origin, pair in origins.items()}
            self.put("lot", made["lot"], [(steps(made["quantity"]), mine)])

    def sample(self, body):
        self.take(body["take"]["from"], steps(body["take"]["quantity"]))

    loss = sample

    def exit(self, body):
        left = [layer for take in body["takes"] for layer in self.take(take["from"], steps(take["quantity"]))]
        origins = merged(left)
        self.traces.append(sorted([*origin, *pair] for origin, pair in origins.items() if any(pair)))

    reexport = transit = exit


def merged(layers):
    sums = {}
    for _, origins in layers:
        for origin, pair in origins.items():
            former = sums.setdefault(origin, [0, 0])
            sums[origin] = [former[0] + pair[0], former[1] + pair[1]]
    return sums


results = []
for history in json.load(sys.stdin):
    book = Book()
    for movement in history:
        book.do(movement)
    balances = {f"{kind} {name}": sum(layer[0] for layer in layers) for (kind, name), layers in book.accounts.items()}
    results.append({"balances": balances, "traces": book.traces})
json.dump(results, sys.stdout)
