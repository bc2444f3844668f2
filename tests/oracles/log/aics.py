"""Checks a log's folder with PyPI's aics-tlog, which shares no code with the crate it checks. It needs Python 3.12 or newer.

    aics.py DIR LOG_VKEY [WITNESS_VKEY]...

The checkpoint must be signed by the log and cosigned by every witness that is named, and every tile and entry bundle must lead to its root.
It prints one JSON object; exit 1 if anything is wrong.
"""

import json
import sys
from pathlib import Path

import aics_tlog

log_key, *witnesses = [aics_tlog.parse_vkey(text) for text in sys.argv[2:]]
note = aics_tlog.parse_note((Path(sys.argv[1]) / "checkpoint").read_text(encoding="utf-8"))
result = aics_tlog.verify_checkpoint(
    note, log_key, witnesses, len(witnesses), expected_origin=log_key.name, max_future_seconds=600
)
said = {"ok": result.ok, "size": result.size, "witnesses": sorted(result.witnesses), "error": result.error}
if result.ok:
    try:
        aics_tlog.audit_tiles(aics_tlog.FileSystemTileReader(sys.argv[1]), result.size, result.root)
    except (aics_tlog.TileMissingError, aics_tlog.TileVerificationError) as error:
        said.update(ok=False, error=str(error))
print(json.dumps(said))
sys.exit(0 if said["ok"] else 1)
