//! The log's witnesses as Prometheus reads them.
//!
//! Must not know of: how they are asked.

use std::fmt::Write as _;

use app::{Finality, WitnessHealth};

/// Writes the figures of the witnesses.
pub(super) fn write(finality: &Finality, text: &mut String) -> std::fmt::Result {
    let help = "Entries that the zone has signed, whether witnesses have cosigned them or not.";
    super::gauge(text, "panjereh_log_signed_entries", help, finality.signed)?;
    let help = "Whether a quorum of witnesses answered when it was last asked.";
    super::gauge(text, "panjereh_witness_quorum", help, u64::from(finality.quorum))?;
    let name = "panjereh_witness_evidence_total";
    writeln!(text, "# HELP {name} How often a witness contradicted the log.\n# TYPE {name} counter")?;
    writeln!(text, "{name} {}", finality.evidence)?;
    let cosigns = |witness: &WitnessHealth| Some(u64::from(witness.outcome == "cosigned"));
    each(finality, text, "panjereh_witness_up", "Whether it cosigned when it was last asked.", cosigns)?;
    let help = "The size that it cosigned last.";
    each(finality, text, "panjereh_witness_cosigned_entries", help, |witness| witness.size)?;
    let help = "When it cosigned last, by its own clock, in seconds since 1970 UTC.";
    each(finality, text, "panjereh_witness_cosigned_timestamp_seconds", help, |witness| witness.cosigned_s)?;
    let name = "panjereh_witness_answers_total";
    writeln!(text, "# HELP {name} Answers of each witness, by what came of them.\n# TYPE {name} counter")?;
    for witness in &finality.witnesses {
        for (outcome, count) in witness.answers.iter().flatten() {
            writeln!(text, "{name}{{witness=\"{}\",outcome=\"{outcome}\"}} {count}", label(&witness.name))?;
        }
    }
    Ok(())
}

fn each(
    finality: &Finality,
    text: &mut String,
    name: &str,
    help: &str,
    value: impl Fn(&WitnessHealth) -> Option<u64>,
) -> std::fmt::Result {
    writeln!(text, "# HELP {name} {help}\n# TYPE {name} gauge")?;
    for witness in finality.witnesses.iter().filter(|witness| witness.answers.is_some()) {
        if let Some(value) = value(witness) {
            writeln!(text, "{name}{{witness=\"{}\"}} {value}", label(&witness.name))?;
        }
    }
    Ok(())
}

/// A label's value, escaped as the text format has it.
fn label(name: &str) -> String {
    name.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}
