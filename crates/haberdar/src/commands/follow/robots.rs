//! What a site's robots.txt says to us: what may be fetched, and how quickly.

use std::{panic::catch_unwind, time::Duration};

use robotstxt::DefaultMatcher;

/// The name that robots.txt knows us by.
const ROBOT: &str = "haberdar";

/// The longest pause that is kept between two requests; a site that asks for an hour would otherwise hold up all others.
pub(super) const MAX_PAUSE: Duration = Duration::from_secs(60);

/// The rules of one site.
#[derive(Clone, Debug, Default)]
pub(super) struct Rules {
    text: String,
    /// The pause that it asks for, as it says it.
    pub(super) asked: Option<Duration>,
}

impl Rules {
    pub(super) fn new(text: String) -> Self {
        let asked = crawl_delay(&text);
        Rules { text, asked }
    }

    pub(super) fn allow(&self, url: &str) -> bool {
        // Not our parser: one that stumbles over a file says nothing against fetching.
        catch_unwind(|| DefaultMatcher::default().one_agent_allowed_by_robots(&self.text, ROBOT, url)).unwrap_or(true)
    }

    /// The pause that is kept for it.
    pub(super) fn pause(&self) -> Duration {
        self.asked.unwrap_or_default().min(MAX_PAUSE)
    }
}

/// `Crawl-delay` of our own group, else of the one for all; the longest where several are given. The matcher knows no such line.
fn crawl_delay(text: &str) -> Option<Duration> {
    let (mut ours, mut all) = (None::<Duration>, None::<Duration>);
    // Lines of agents that stand together open one group.
    let (mut for_us, mut for_all, mut named, mut naming) = (false, false, false, false);
    for line in text.lines() {
        let line = line.split('#').next().unwrap_or_default();
        let Some((key, value)) = line.split_once(':') else { continue };
        let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
        if key == "user-agent" {
            if !naming {
                (for_us, for_all) = (false, false);
            }
            naming = true;
            for_all |= value == "*";
            let us = value.split(['/', ' ']).next().is_some_and(|name| name.eq_ignore_ascii_case(ROBOT));
            for_us |= us;
            named |= us;
            continue;
        }
        naming = false;
        if key != "crawl-delay" {
            continue;
        }
        let seconds = value.replace(',', ".").parse::<f64>().ok().filter(|s| s.is_finite() && *s >= 0.0);
        let Some(delay) = seconds.map(|s| Duration::from_secs_f64(s.min(1e6))) else { continue };
        if for_us {
            ours = ours.max(Some(delay));
        }
        if for_all {
            all = all.max(Some(delay));
        }
    }
    if named { ours } else { all }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn rules_are_kept() {
        let rules =
            Rules::new("User-agent: *\nDisallow: /private\n\nUser-agent: haberdar\nDisallow: /no\nAllow: /no/but\n".to_owned());
        assert!(!rules.allow("https://o.example/no/x"));
        assert!(rules.allow("https://o.example/no/but/x"));
        assert!(rules.allow("https://o.example/private"));
        assert!(Rules::default().allow("https://o.example/x"));
    }

    #[test]
    fn pauses_are_read_and_bounded() {
        let asked = |text: &str| Rules::new(text.to_owned()).asked.map(|d| d.as_secs_f64());
        assert_eq!(asked("User-agent: *\nCrawl-delay: 10\n"), Some(10.0));
        assert_eq!(asked("user-agent: *\ncrawl-delay : 2.5 # slowly\n"), Some(2.5));
        assert_eq!(asked("User-agent: other\nCrawl-delay: 10\n"), None);
        assert_eq!(asked("User-agent: other\nUser-agent: *\nDisallow:\nCrawl-delay: 3\n"), Some(3.0));
        // Our own group goes before the one for all, also where it asks for nothing.
        assert_eq!(asked("User-agent: *\nCrawl-delay: 10\n\nUser-agent: Haberdar/1.0\nCrawl-delay: 1\n"), Some(1.0));
        assert_eq!(asked("User-agent: *\nCrawl-delay: 10\n\nUser-agent: haberdar\nDisallow: /no\n"), None);
        for nonsense in ["soon", "-1", "NaN", "inf", ""] {
            assert_eq!(asked(&format!("User-agent: *\nCrawl-delay: {nonsense}\n")), None, "{nonsense}");
        }
        let hour = Rules::new("User-agent: *\nCrawl-delay: 3600".to_owned());
        assert_eq!((hour.asked, hour.pause()), (Some(Duration::from_secs(3600)), MAX_PAUSE));
        assert_eq!(Rules::new("User-agent: *\nCrawl-delay: 1e300".to_owned()).pause(), MAX_PAUSE);
    }

    proptest! {
        #[test]
        fn any_file_is_read(text in "(User-agent: (\\*|haberdar)|Crawl-delay: [0-9.e]{0,6}|[\\x00-\\x7f]{0,12}|\n){0,20}") {
            let rules = Rules::new(text);
            prop_assert!(rules.pause() <= MAX_PAUSE);
            let _ = rules.allow("https://o.example/x?y=1");
        }
    }
}
