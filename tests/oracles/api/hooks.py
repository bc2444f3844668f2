"""A check of ours for schemathesis: what is of the described form is read as such.

A request of the described form may still be refused with 422, since the service is unknown or the money was not due. But it may not be refused because of
its form (`shape`): then the description would be wrong.
"""

import schemathesis


def has_float(value):
    """Whether a whole number may be written as 6.0: JSON Schema takes that for an integer, and the API reads whole numbers as I-JSON writes them."""
    if isinstance(value, dict):
        return any(has_float(part) for part in value.values())
    if isinstance(value, list):
        return any(has_float(part) for part in value)
    return isinstance(value, float)


@schemathesis.check
def described_form_is_read(ctx, response, case):
    if case.meta is None or not case.meta.generation.mode.is_positive or response.status_code != 422:
        return
    if has_float(case.body):
        return
    problem = response.json()
    kind = problem["type"].rsplit("/", 1)[-1]
    assert kind != "shape", f"of the described form, and refused because of its form: {problem.get('errors')}"
