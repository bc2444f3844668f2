//! A report as one page that needs nothing else: Persian first, right to left, English beside it.
//!
//! Must not know of: where it is kept. Whatever comes from the record is escaped.

use std::fmt::Write as _;

use super::visible;
use crate::checks;
use crate::finding::{Finding, Weight};
use crate::report::Report;

const STYLE: &str = "body{font:16px/1.6 Vazirmatn,'Noto Naskh Arabic',Tahoma,sans-serif;max-inline-size:70rem;margin:2rem auto;padding-inline:1rem;\
color:#1b1b1b;background:#fff}h1{font-size:1.5rem}h2{font-size:1.2rem;margin-block-start:2rem}table{border-collapse:collapse;inline-size:100%}\
th,td{border-block-end:1px solid #b8b8b8;padding:.4rem .6rem;text-align:start;vertical-align:top}code{font-family:ui-monospace,monospace;\
overflow-wrap:anywhere}.verdict{border-inline-start:.4rem solid;padding:.6rem 1rem;font-weight:bold}.good{border-color:#00703c}.bad{border-color:#b00020}\
section{margin-block:3rem}@media(prefers-color-scheme:dark){body{color:#eee;background:#161616}th,td{border-color:#555}}";

/// The words of one language.
struct Words {
    lang: &'static str,
    dir: &'static str,
    title: &'static str,
    clean: &'static str,
    clean_log: &'static str,
    faults: &'static str,
    log: &'static str,
    leaves: &'static str,
    root: &'static str,
    done_again: &'static str,
    findings: &'static str,
    none: &'static str,
    code: &'static str,
    place: &'static str,
    leaf: &'static str,
    case: &'static str,
    recorded: &'static str,
    recomputed: &'static str,
    remark: &'static str,
    more: &'static str,
    not_checked: &'static str,
    assumed: &'static str,
    counts: [&'static str; 15],
}

const FA: Words = Words {
    lang: "fa",
    dir: "rtl",
    title: "گزارش حسابرسی پنجره",
    clean: "در سوابق چیز نادرستی یافت نشد.",
    clean_log: "در دفتر عمومی چیز نادرستی یافت نشد. به آنچه اقدام‌ها می‌گویند نگاه نشد.",
    faults: "سوابق آن نیست که باید باشد. شمار یافته‌ها:",
    log: "دفتر",
    leaves: "برگ",
    root: "ریشه",
    done_again: "آنچه از نو انجام و مقایسه شد",
    findings: "یافته‌ها",
    none: "هیچ.",
    code: "کد",
    place: "جا",
    leaf: "برگ",
    case: "پرونده",
    recorded: "آنچه ثبت شده",
    recomputed: "آنچه به دست آمد",
    remark: "تذکر",
    more: "یافته‌های دیگر که یک‌به‌یک گفته نشده‌اند:",
    not_checked: "آنچه وارسی نشد",
    assumed: "آنچه با اعتماد پذیرفته شد",
    counts: [
        "برگ",
        "پرونده",
        "اقدام",
        "تصمیم جدول",
        "قرعه",
        "مهلت",
        "مهلت سرآمده",
        "پاسخ تابع که دوباره پرسیده شد",
        "ثبت در حساب کالا",
        "تعریف",
        "گواهی",
        "فهرست وضعیت",
        "سابقهٔ دفاتر ثبت",
        "رقم منتشرشده",
        "پیشی گرفتن در صف",
    ],
};

const EN: Words = Words {
    lang: "en",
    dir: "ltr",
    title: "Panjereh audit report",
    clean: "Nothing is wrong with the record.",
    clean_log: "Nothing is wrong with the log. What its acts say was not looked at.",
    faults: "The record is not what it should be. Findings:",
    log: "Log",
    leaves: "leaves",
    root: "root",
    done_again: "What was done again and compared",
    findings: "Findings",
    none: "None.",
    code: "Code",
    place: "Place",
    leaf: "leaf",
    case: "case",
    recorded: "Recorded",
    recomputed: "Recomputed",
    remark: "remark",
    more: "Further findings that are not told one by one:",
    not_checked: "Not checked",
    assumed: "Taken on trust",
    counts: [
        "leaves",
        "cases",
        "acts",
        "decisions by tables",
        "draws",
        "deadlines",
        "lapses",
        "answers of functions, asked again",
        "bookings in the goods accounts",
        "definitions",
        "certificates",
        "status lists",
        "register records",
        "published figures",
        "overtakings in queues",
    ],
};

/// The page.
#[must_use]
pub fn html(report: &Report) -> String {
    let mut page = String::new();
    // Writing to a String cannot fail.
    let _ = write(&mut page, report);
    page
}

fn write(page: &mut String, report: &Report) -> std::fmt::Result {
    write!(
        page,
        "<!DOCTYPE html>\n<html lang=\"fa\" dir=\"rtl\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{} · {}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n",
        FA.title,
        escaped(&report.origin)
    )?;
    part(page, report, &FA)?;
    part(page, report, &EN)?;
    page.write_str("</body>\n</html>\n")
}

fn part(page: &mut String, report: &Report, words: &Words) -> std::fmt::Result {
    let Words { lang, dir, title, .. } = words;
    writeln!(page, "<section lang=\"{lang}\" dir=\"{dir}\">\n<h1>{title}</h1>")?;
    match report.clean {
        true => {
            let clean = if report.is_of_the_log_alone() { words.clean_log } else { words.clean };
            writeln!(page, "<p class=\"verdict good\">✓ {clean}</p>")?;
        }
        false => writeln!(page, "<p class=\"verdict bad\">✗ {} {}</p>", words.faults, report.faults())?,
    }
    writeln!(
        page,
        "<p>{}: <bdi>{}</bdi>, {} {}, {}: <code dir=\"ltr\">{}</code></p>",
        words.log,
        escaped(&report.origin),
        report.size,
        words.leaves,
        words.root,
        escaped(&report.root)
    )?;
    writeln!(page, "<h2>{}</h2>", words.findings)?;
    table(page, report, words)?;
    counts(page, report, words)?;
    list(page, words.not_checked, &report.not_checked)?;
    list(page, words.assumed, &report.assumed)?;
    page.write_str("</section>\n")
}

fn table(page: &mut String, report: &Report, words: &Words) -> std::fmt::Result {
    if report.findings.is_empty() {
        return writeln!(page, "<p>{}</p>", words.none);
    }
    let Words { code, place, recorded, recomputed, .. } = words;
    writeln!(
        page,
        "<table><thead><tr><th>{code}</th><th>{place}</th><th>{recorded}</th><th>{recomputed}</th></tr></thead><tbody>"
    )?;
    for finding in &report.findings {
        row(page, finding, words)?;
    }
    page.write_str("</tbody></table>\n")?;
    match report.more_findings {
        0 => Ok(()),
        more => writeln!(page, "<p>{} {more}</p>", words.more),
    }
}

fn row(page: &mut String, finding: &Finding, words: &Words) -> std::fmt::Result {
    let check = checks::all().iter().find(|check| check.code.id == finding.code);
    let says = check.map_or("", |check| if words.lang == "fa" { check.code.fa } else { check.code.en });
    let remark = if finding.weight == Weight::Remark { format!(" ({})", words.remark) } else { String::new() };
    let leaf = finding.leaf.map(|leaf| format!("{} {leaf}", words.leaf));
    let case = finding.case.as_ref().map(|case| format!("{} <code dir=\"ltr\">{}</code>", words.case, escaped(case)));
    let other = finding.place.as_ref().map(|place| format!("<code dir=\"ltr\">{}</code>", escaped(place)));
    let place: Vec<String> = [leaf, case, other].into_iter().flatten().collect();
    writeln!(
        page,
        "<tr><td><strong>{}</strong>{remark}<br>{says}</td><td>{}</td><td><bdi dir=\"ltr\">{}</bdi></td><td><bdi dir=\"ltr\">{}</bdi></td></tr>",
        escaped(&finding.code),
        place.join("<br>"),
        escaped(&finding.recorded),
        escaped(&finding.recomputed)
    )
}

fn counts(page: &mut String, report: &Report, words: &Words) -> std::fmt::Result {
    let counts = &report.counts;
    let figures = [
        counts.leaves_recomputed,
        counts.cases,
        counts.acts,
        counts.rules,
        counts.draws,
        counts.deadlines,
        counts.lapses,
        counts.functions,
        counts.bookings,
        counts.definitions,
        counts.certificates,
        counts.status_lists,
        counts.records,
        counts.figures,
        counts.overtakings,
    ];
    writeln!(page, "<h2>{}</h2>\n<table><tbody>", words.done_again)?;
    for (name, figure) in words.counts.iter().zip(figures) {
        writeln!(page, "<tr><th scope=\"row\">{name}</th><td>{figure}</td></tr>")?;
    }
    page.write_str("</tbody></table>\n")
}

fn list(page: &mut String, title: &str, lines: &[String]) -> std::fmt::Result {
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(page, "<h2>{title}</h2>\n<ul dir=\"ltr\" lang=\"en\">")?;
    lines.iter().try_for_each(|line| writeln!(page, "<li>{}</li>", escaped(line)))?;
    page.write_str("</ul>\n")
}

/// A text that is text in HTML, too.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in visible(text).chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counts::Counts;

    #[test]
    fn what_the_record_says_is_shown_and_not_run() {
        let finding = Finding {
            code: "A408".to_owned(),
            name: "draw-steered".to_owned(),
            weight: Weight::Fault,
            leaf: Some(7),
            case: None,
            place: Some("<script>".to_owned()),
            recorded: "a & b".to_owned(),
            recomputed: "\"c\"".to_owned(),
        };
        let report = Report {
            clean: false,
            origin: "zone.example/log".to_owned(),
            zone: None,
            size: 8,
            root: String::new(),
            continued_from: 0,
            counts: Counts::default(),
            findings: vec![finding],
            more_findings: 0,
            outcomes_compared: false,
            not_checked: vec!["x".to_owned()],
            assumed: Vec::new(),
        };
        let page = html(&report);
        assert!(page.contains("&lt;script&gt;") && !page.contains("<script"));
        assert!(page.contains("a &amp; b") && page.contains("&quot;c&quot;"));
        assert!(page.contains("dir=\"rtl\"") && page.contains("قرعه به کسانی"));
        assert!(page.contains("A draw does not give the officers"));
    }
}
