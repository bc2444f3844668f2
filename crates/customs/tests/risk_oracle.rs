//! LightGBM predicts, and so do we: the same to the last bit, on models of every kind that it trains, through `tests/oracles/risk/models.py`.
//!
//! Runs with the Python in PANJEREH_PYTHON, or with `python3` if that has `lightgbm`; else it says that it skips.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use std::path::PathBuf;
use std::process::Command;

use customs::risk::Booster;

fn python() -> Option<PathBuf> {
    let named = std::env::var_os("PANJEREH_PYTHON").map(PathBuf::from);
    let python = named.clone().unwrap_or_else(|| "python3".into());
    let there =
        Command::new(&python).args(["-c", "import lightgbm"]).output().is_ok_and(|output| output.status.success());
    if !there {
        assert!(named.is_none(), "PANJEREH_PYTHON ({}) cannot import lightgbm", python.display());
        println!("SKIPPED: no Python with `lightgbm`; set PANJEREH_PYTHON to one that has it");
    }
    there.then_some(python)
}

/// A number as C99 and Python write it in hexadecimal: `-0x1.8p+3`, `inf`, `nan`.
fn number(text: &str) -> f64 {
    let (sign, plain) = text.strip_prefix('-').map_or((1.0, text), |rest| (-1.0, rest));
    match plain {
        "inf" => return sign * f64::INFINITY,
        "nan" => return f64::NAN,
        _ => {}
    }
    let (digits, exponent) = plain.strip_prefix("0x").unwrap().split_once('p').unwrap();
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mantissa = u64::from_str_radix(&format!("{whole}{fraction}"), 16).unwrap();
    let exponent = exponent.parse::<i32>().unwrap() - 4 * i32::try_from(fraction.len()).unwrap();
    // In two steps, since 2 to the power of a smallest exponent is no number of its own.
    sign * (mantissa as f64) * 2_f64.powi(exponent / 2) * 2_f64.powi(exponent - exponent / 2)
}

#[test]
fn hexadecimal_numbers_are_read() {
    for (text, expected) in
        [("0x1.8000000000000p+1", 3.0), ("-0x1.0p-1", -0.5), ("0x0.0000000000001p-1022", 5e-324), ("0x0.0p+0", 0.0)]
    {
        assert_eq!(number(text).to_bits(), f64::to_bits(expected), "{text}");
    }
}

#[test]
fn every_prediction_is_the_same_to_the_last_bit() {
    let Some(python) = python() else { return };
    let folder = tempfile::tempdir().unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/oracles/risk/models.py");
    let output = Command::new(python).arg(script).arg(folder.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let (mut models, mut rows) = (0, 0);
    for path in std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()) {
        if path.extension().is_none_or(|extension| extension != "txt") {
            continue;
        }
        let model = Booster::read(&std::fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|problem| panic!("{}: {problem}", path.display()));
        let mut all = Vec::new();
        for line in std::fs::read_to_string(path.with_extension("rows")).unwrap().lines() {
            let mut numbers: Vec<f64> = line.split(' ').map(number).collect();
            let expected = numbers.pop().unwrap();
            let found = model.score(&numbers);
            assert_eq!(
                found.to_bits(),
                expected.to_bits(),
                "{}: {numbers:?}: {found} and not {expected}",
                path.display()
            );
            all.extend(numbers);
            rows += 1;
        }
        // Many rows at once are walked down by other code.
        let width = model.columns().len();
        let one_by_one: Vec<u64> = all.chunks(width).map(|row| model.score(row).to_bits()).collect();
        assert_eq!(
            model.scores(&all).into_iter().map(f64::to_bits).collect::<Vec<_>>(),
            one_by_one,
            "{}",
            path.display()
        );
        models += 1;
    }
    assert_eq!((models, rows), (7, 7 * 303));
}
