//! Requests counted by route and status class, and how long they took, as Prometheus reads them.
//!
//! Must not know of: what the routes do. A route is its template, so there are as many series as the router has routes, however many are asked.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::http::StatusCode;
use parking_lot::RwLock;

/// Upper ends of the histogram's buckets, in microseconds, and as they are written in seconds.
const BUCKETS: [(u64, &str); 10] = [
    (1_000, "0.001"),
    (5_000, "0.005"),
    (10_000, "0.01"),
    (25_000, "0.025"),
    (50_000, "0.05"),
    (100_000, "0.1"),
    (250_000, "0.25"),
    (500_000, "0.5"),
    (1_000_000, "1"),
    (5_000_000, "5"),
];
/// Status classes (RFC 9110, section 15).
const CLASSES: [&str; 5] = ["1xx", "2xx", "3xx", "4xx", "5xx"];

/// All counts since the start.
#[derive(Debug, Default)]
pub(crate) struct Measures {
    routes: RwLock<BTreeMap<String, Arc<Series>>>,
    refusals: RwLock<BTreeMap<&'static str, u64>>,
}

/// One route's counts.
#[derive(Debug, Default)]
struct Series {
    classes: [AtomicU64; CLASSES.len()],
    /// Requests within each bucket and above the one before; slower ones are in none.
    buckets: [AtomicU64; BUCKETS.len()],
    sum_us: AtomicU64,
}

impl Measures {
    /// Counts a request.
    pub(crate) fn count(&self, route: &str, status: StatusCode, took: Duration) {
        let known = self.routes.read().get(route).cloned();
        let series = known.unwrap_or_else(|| Arc::clone(self.routes.write().entry(route.to_owned()).or_default()));
        let class = usize::from(status.as_u16()).div_euclid(100).saturating_sub(1);
        series.classes.get(class).map(|count| count.fetch_add(1, Ordering::Relaxed));
        let took_us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let bucket = BUCKETS.iter().position(|(end_us, _)| took_us <= *end_us);
        bucket.and_then(|bucket| series.buckets.get(bucket)).map(|count| count.fetch_add(1, Ordering::Relaxed));
        series.sum_us.fetch_add(took_us, Ordering::Relaxed);
    }

    /// Counts a request that was not done, by the kind that its answer names.
    pub(crate) fn refuse(&self, kind: &'static str) {
        let mut refusals = self.refusals.write();
        let count = refusals.entry(kind).or_default();
        *count = count.saturating_add(1);
    }

    /// The counts in Prometheus' text format.
    pub(crate) fn expose(&self) -> String {
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = self.write(&mut text);
        text
    }

    fn write(&self, text: &mut String) -> std::fmt::Result {
        let routes = self.routes.read().clone();
        let name = "panjereh_http_requests_total";
        writeln!(text, "# HELP {name} Requests by route and status class.\n# TYPE {name} counter")?;
        for (route, series) in &routes {
            for (class, count) in CLASSES.iter().zip(&series.classes) {
                let count = count.load(Ordering::Relaxed);
                if count > 0 {
                    writeln!(text, "{name}{{route=\"{route}\",class=\"{class}\"}} {count}")?;
                }
            }
        }
        let name = "panjereh_refusals_total";
        writeln!(text, "# HELP {name} Requests that were not done, by why.\n# TYPE {name} counter")?;
        for (kind, count) in self.refusals.read().iter() {
            writeln!(text, "{name}{{kind=\"{kind}\"}} {count}")?;
        }
        let name = "panjereh_http_request_duration_seconds";
        writeln!(text, "# HELP {name} How long requests took.\n# TYPE {name} histogram")?;
        for (route, series) in &routes {
            series.write_durations(text, name, route)?;
        }
        Ok(())
    }
}

impl Series {
    fn write_durations(&self, text: &mut String, name: &str, route: &str) -> std::fmt::Result {
        // Prometheus' buckets are cumulative.
        let mut within = 0_u64;
        for ((_, end), count) in BUCKETS.iter().zip(&self.buckets) {
            within = within.saturating_add(count.load(Ordering::Relaxed));
            writeln!(text, "{name}_bucket{{route=\"{route}\",le=\"{end}\"}} {within}")?;
        }
        let all: u64 = self.classes.iter().map(|count| count.load(Ordering::Relaxed)).sum();
        // A request may be counted while this is written: never fewer than the buckets below.
        let all = all.max(within);
        let sum_us = self.sum_us.load(Ordering::Relaxed);
        let (seconds, rest_us) = (sum_us.div_euclid(1_000_000), sum_us.rem_euclid(1_000_000));
        writeln!(text, "{name}_bucket{{route=\"{route}\",le=\"+Inf\"}} {all}")?;
        writeln!(text, "{name}_sum{{route=\"{route}\"}} {seconds}.{rest_us:06}")?;
        writeln!(text, "{name}_count{{route=\"{route}\"}} {all}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_are_cumulative_and_the_slowest_is_counted() {
        let measures = Measures::default();
        for took_ms in [0, 3, 3, 40, 9_000] {
            measures.count("/a/{b}", StatusCode::OK, Duration::from_millis(took_ms));
        }
        measures.count("/a/{b}", StatusCode::NOT_FOUND, Duration::from_micros(1_000));
        measures.refuse("not-now");
        measures.refuse("not-now");
        let text = measures.expose();
        let line = |line: &str| assert!(text.lines().any(|own| own == line), "{line}\n{text}");
        line("panjereh_http_requests_total{route=\"/a/{b}\",class=\"2xx\"} 5");
        line("panjereh_http_requests_total{route=\"/a/{b}\",class=\"4xx\"} 1");
        line("panjereh_refusals_total{kind=\"not-now\"} 2");
        line("panjereh_http_request_duration_seconds_bucket{route=\"/a/{b}\",le=\"0.001\"} 2");
        line("panjereh_http_request_duration_seconds_bucket{route=\"/a/{b}\",le=\"0.005\"} 4");
        line("panjereh_http_request_duration_seconds_bucket{route=\"/a/{b}\",le=\"5\"} 5");
        line("panjereh_http_request_duration_seconds_bucket{route=\"/a/{b}\",le=\"+Inf\"} 6");
        line("panjereh_http_request_duration_seconds_sum{route=\"/a/{b}\"} 9.047000");
        line("panjereh_http_request_duration_seconds_count{route=\"/a/{b}\"} 6");
    }
}
