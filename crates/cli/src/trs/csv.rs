//! A study as CSV (RFC 4180): a line for each measurement, share and way of counting.
//!
//! Must not know of: how anything was measured.

use app::trs::{Figures, Row, Shares, Study};

const HEAD: &str = "service,by,measure,outcome,stage,branch,kind,authority,role,hidden,count,open,overturned,share,time,\
                    mean_s,min_s,p25_s,p50_s,p75_s,p90_s,p95_s,max_s\r\n";

pub fn csv(study: &Study) -> String {
    let mut text = HEAD.to_owned();
    for row in &study.rows {
        let said = said(row);
        if row.elapsed.is_none() && row.working.is_none() {
            // Nothing was timed, or nothing is told of it.
            text.push_str(&line(&said, "", "", None));
        }
        for (time, shares) in [("elapsed", &row.elapsed), ("working", &row.working)] {
            for (share, figures) in shares.iter().flat_map(parts) {
                text.push_str(&line(&said, share, time, Some(figures)));
            }
        }
    }
    text
}

fn parts(shares: &Shares) -> [(&'static str, &Figures); 4] {
    let Shares { all, authority, applicant, waiting } = shares;
    [("all", all), ("authority", authority), ("applicant", applicant), ("waiting", waiting)]
}

/// What a row measures, and how many there are.
fn said(row: &Row) -> String {
    let named = |name: &Option<String>| name.as_deref().map(cell).unwrap_or_default();
    let number = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
    let measure = serde_json::to_value(row.measure).ok();
    let cells = [
        named(&row.service),
        named(&row.by),
        measure.as_ref().and_then(|name| name.as_str()).unwrap_or_default().to_owned(),
        row.outcome.unwrap_or_default().to_owned(),
        named(&row.stage),
        named(&row.branch),
        row.kind.unwrap_or_default().to_owned(),
        named(&row.authority),
        named(&row.role),
        row.hidden.to_string(),
        number(row.count),
        number(row.open),
        number(row.overturned),
    ];
    cells.join(",")
}

fn line(said: &str, share: &str, time: &str, figures: Option<&Figures>) -> String {
    let numbers = match figures {
        None => ",,,,,,,".to_owned(),
        Some(Figures { mean_s, min_s, p25_s, p50_s, p75_s, p90_s, p95_s, max_s }) => {
            format!("{mean_s},{min_s},{p25_s},{p50_s},{p75_s},{p90_s},{p95_s},{max_s}")
        }
    };
    format!("{said},{share},{time},{numbers}\r\n")
}

fn cell(text: &str) -> String {
    match text.contains(['"', ',', '\r', '\n']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn a_cell_with_a_comma_or_a_quote_is_one_cell() {
        assert_eq!(cell("a"), "a");
        assert_eq!(cell("a,\"b\""), "\"a,\"\"b\"\"\"");
    }
}
