//! The filters, which are the same for every question.

use clap::Args;
use haberdar_model::{EventType, Language, PartialDate, Status};
use haberdar_store::{Arrived, Filter, Pair};
use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz::TimeZone,
};

use super::duration;

#[derive(Args, Clone)]
#[command(next_help_heading = "Filters")]
pub(crate) struct Filters {
    /// Who acts or speaks: a country code (TUR), an entity id, or a part of a name
    #[arg(long, value_name = "WHO")]
    pub(crate) actor: Option<String>,
    /// Who is acted upon
    #[arg(long, value_name = "WHO")]
    pub(crate) recipient: Option<String>,
    /// Between whom, in either direction: RUS:PRK
    #[arg(long, value_name = "WHO:WHO")]
    pub(crate) dyad: Option<Pair>,
    /// Who speaks, or in whose words the act stands
    #[arg(long, value_name = "WHO")]
    pub(crate) speaker: Option<String>,
    /// PLOVER type, such as CONSULT
    #[arg(long = "type", value_name = "TYPE")]
    pub(crate) kind: Option<EventType>,
    /// happened, ongoing, planned, forecast, hypothetical, denied, historical, demanded
    #[arg(long)]
    pub(crate) status: Option<Status>,
    /// No earlier than (YYYY, YYYY-MM, YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Option<PartialDate>,
    /// No later than
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<PartialDate>,
    /// Outlet, or a part of its name
    #[arg(long)]
    pub(crate) publisher: Option<String>,
    /// Language of the report
    #[arg(long)]
    pub(crate) language: Option<Language>,
    /// Story id, or its beginning
    #[arg(long)]
    pub(crate) story: Option<String>,
    /// Lowest confidence, 0 to 1
    #[arg(long, value_name = "P")]
    pub(crate) min_confidence: Option<f32>,
    /// Fewest independent sources
    #[arg(long, value_name = "N")]
    pub(crate) min_sources: Option<usize>,
    /// Known to this record only since then: YYYY-MM-DD or YYYY-MM-DDTHH:MM (UTC), or a time back from now: 24h, 7d
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub(crate) new_since: Option<i64>,
}

impl Filters {
    /// As the store takes them.
    pub(crate) fn filter(&self) -> Filter {
        Filter {
            actor: self.actor.clone(),
            recipient: self.recipient.clone(),
            dyad: self.dyad.clone(),
            speaker: self.speaker.clone(),
            kind: self.kind,
            status: self.status,
            since: self.first(),
            until: self.last(),
            publisher: self.publisher.clone(),
            language: self.language,
            story: self.story.clone(),
            min_confidence: self.min_confidence,
            min_sources: self.min_sources,
            new_since: self.new_since.map(Arrived::Since),
            ..Filter::default()
        }
    }

    /// The first day that is asked about.
    pub(crate) fn first(&self) -> Option<Date> {
        self.since.map(PartialDate::first)
    }

    /// The last day that is asked about.
    pub(crate) fn last(&self) -> Option<Date> {
        self.until.map(PartialDate::last)
    }
}

/// A day, a time, or a length back from now, as seconds since 1970.
fn moment(s: &str) -> Result<i64, String> {
    let day = || s.parse::<PartialDate>().map(|d| d.first().into());
    let Ok(time) = s.parse::<DateTime>().or_else(|_| day()) else {
        let back = duration(s).map_err(|_| "write a day (2024-03-01), a time (2024-03-01T12:30) or a length (24h, 7d)")?;
        return Ok(Timestamp::now().as_second() - back.as_secs() as i64);
    };
    time.to_zoned(TimeZone::UTC).map(|z| z.timestamp().as_second()).map_err(|e| e.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_days_times_and_lengths() {
        assert_eq!(moment("1970-01-02"), Ok(86_400));
        assert_eq!(moment("1970-01-02T00:01"), Ok(86_460));
        assert_eq!(moment("1971"), Ok(365 * 86_400));
        let now = Timestamp::now().as_second();
        assert!(moment("24h").is_ok_and(|t| (now - 86_400 - t).abs() < 60));
        assert!(moment("yesterday").is_err());
    }
}
