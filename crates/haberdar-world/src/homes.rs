//! Where somebody or something may be at home, as far as a name tells.

use haberdar_model::{Country, Language};
use rustc_hash::FxHashMap;

use crate::{codes::country_of_iso2, fold::fold_name, world::World};

/// Ends of hosts that are sold to everybody.
const FOR_ALL: &[&str] = &["ai", "cc", "co", "fm", "gg", "io", "ly", "me", "to", "tv", "ws"];

/// States of immigration, where names of every origin are at home.
const OF_ALL_NAMES: [Country; 5] =
    [Country::of("USA"), Country::of("CAN"), Country::of("GBR"), Country::of("AUS"), Country::of("NZL")];

/// States by the given names of their persons.
pub(crate) type GivenNames = FxHashMap<Vec<u8>, Vec<Country>>;

pub(crate) fn given_names(world: &World) -> GivenNames {
    let mut out = GivenNames::default();
    for p in world.persons() {
        let Some(country) = p.country else { continue };
        let names = [Some(p.name), p.name_tr].into_iter().flatten().filter(|n| n.contains(' '));
        for given in names.filter_map(|n| n.split(' ').next()) {
            let states = out.entry(fold_name(given)).or_default();
            if !states.contains(&country) {
                states.push(country);
            }
        }
    }
    out
}

impl World {
    /// False where, as far as the tables know, persons of several states have that given name, and nobody of this one.
    pub fn may_be_named(&self, given: &str, country: Country) -> bool {
        let homes = self.given_names().get(&fold_name(given)).map_or(&[][..], Vec::as_slice);
        homes.len() < 2 || homes.contains(&country) || OF_ALL_NAMES.contains(&country)
    }

    /// The home of an outlet: that of the medium in the tables which has its name, else what the end of its host's name says.
    pub fn home_of_outlet(&self, publisher: Option<&str>, url: Option<&str>) -> Option<Country> {
        let medium = |name: &str| {
            let hit = self.scan(name, Language::En).into_iter().find(|h| h.start == 0 && h.end == name.len())?;
            self.organization(hit.entity).filter(|o| o.kind == "media")?.country
        };
        let host = |address: &str| {
            let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
            let host = rest.split(['/', ':', '?']).next().filter(|h| !h.contains(' '))?;
            let end = host.rsplit_once('.')?.1;
            if FOR_ALL.contains(&end) { None } else { country_of_iso2(end) }
        };
        publisher.and_then(|p| medium(p.trim()).or_else(|| host(p.trim()))).or_else(|| url.and_then(host))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlets_by_name_and_by_host() {
        let world = World::shipped();
        let home = |publisher, url| world.home_of_outlet(publisher, url).map(|c| c.to_string());
        assert_eq!(home(Some("Haaretz"), None).as_deref(), Some("ISR"));
        assert_eq!(home(Some("www.gazete.com.tr"), None).as_deref(), Some("TUR"));
        assert_eq!(home(None, Some("https://news.example.co.uk/a?b=c.de")).as_deref(), Some("GBR"));
        assert_eq!(home(Some("The Sentinel"), Some("https://sentinel.example.com/a")), None);
        assert_eq!(home(None, None), None);
    }

    #[test]
    fn given_names() {
        let world = World::shipped();
        let may = |given, country| world.may_be_named(given, Country::of(country));
        assert!(may("Mehmet", "TUR") && may("Xxyz", "TUR"));
        assert!(!may("Sergey", "TUR"));
        assert!(may("Sergey", "USA"));
    }
}
