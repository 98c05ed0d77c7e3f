//! iCalendar: what is planned and has a day, each a whole day or more.

use std::io::{BufWriter, Write};

use haberdar_model::{Polarity, Status};
use jiff::{ToSpan, civil::Date};

use crate::{ExportError, Exporter, Row};

pub(crate) struct Calendar<W: Write> {
    out: BufWriter<W>,
}

impl<W: Write> Calendar<W> {
    pub(crate) fn new(out: W) -> Result<Self, ExportError> {
        let mut c = Calendar { out: BufWriter::new(out) };
        c.line("BEGIN:VCALENDAR")?;
        c.line("VERSION:2.0")?;
        c.line("PRODID:-//Haberdar//planned events//EN")?;
        c.line("CALSCALE:GREGORIAN")?;
        Ok(c)
    }

    /// A line, folded behind at most 75 bytes.
    fn line(&mut self, text: &str) -> Result<(), ExportError> {
        let mut width = 0;
        for c in text.chars() {
            if width + c.len_utf8() > 74 {
                self.out.write_all(b"\r\n ")?;
                width = 1;
            }
            write!(self.out, "{c}")?;
            width += c.len_utf8();
        }
        Ok(self.out.write_all(b"\r\n")?)
    }
}

fn escaped(text: &str) -> String {
    let clean: String = text.chars().filter(|c| !c.is_control() || *c == '\n').collect();
    clean.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

fn compact(d: Date) -> String {
    format!("{:04}{:02}{:02}", d.year(), d.month(), d.day())
}

impl<W: Write> Exporter for Calendar<W> {
    fn put(&mut self, row: &Row) -> Result<bool, ExportError> {
        let e = &row.event;
        if e.status != Status::Planned || e.polarity == Polarity::Negative {
            return Ok(false);
        }
        // A day that only says when it was reported is no day of the plan.
        let told = e.date.basis != haberdar_model::DateBasis::Publication;
        let Some((from, to)) = row.first_day().zip(row.last_day()).filter(|_| told) else { return Ok(false) };
        let behind = to.checked_add(1.day()).unwrap_or(to);
        self.line("BEGIN:VEVENT")?;
        self.line(&format!("UID:{}@haberdar", e.id.trim_start_matches("b3:")))?;
        self.line(&format!("DTSTAMP:{}T000000Z", compact(row.first_published().unwrap_or(from))))?;
        self.line(&format!("DTSTART;VALUE=DATE:{}", compact(from)))?;
        self.line(&format!("DTEND;VALUE=DATE:{}", compact(behind)))?;
        self.line(&format!("SUMMARY:{}", escaped(&row.title())))?;
        self.line(&format!("DESCRIPTION:{}", escaped(&row.citations().join("\n"))))?;
        if let Some(place) = &e.place {
            self.line(&format!("LOCATION:{}", escaped(place)))?;
        }
        if let Some(url) = row.urls().first() {
            self.line(&format!("URL:{}", url.replace(['\r', '\n'], "")))?;
        }
        self.line(&format!("CATEGORIES:{}", e.kind))?;
        self.line("TRANSP:TRANSPARENT")?;
        self.line("END:VEVENT")?;
        Ok(true)
    }

    fn finish(mut self: Box<Self>) -> Result<(), ExportError> {
        self.line("END:VCALENDAR")?;
        Ok(self.out.flush()?)
    }
}
