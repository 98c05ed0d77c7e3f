//! How other lists call a country, and where its capital lies.

use std::{collections::BTreeMap, sync::LazyLock};

use haberdar_model::Country;

/// Codes of one country; empty where a list does not have it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Codes {
    /// ISO 3166-1 alpha-2.
    pub iso2: &'static str,
    /// FIPS 10-4, as GDELT's places have it.
    pub fips: &'static str,
    /// Number in the Correlates of War project's list of states.
    pub cow: &'static str,
    /// CAMEO's code for the country as an actor.
    pub cameo: &'static str,
    /// Latitude and longitude of the capital in degrees.
    pub capital: Option<(f64, f64)>,
}

static CODES: LazyLock<BTreeMap<Country, Codes>> = LazyLock::new(|| rows().collect());

fn rows() -> impl Iterator<Item = (Country, Codes)> {
    include_str!("../../../data/world/codes.tsv").lines().skip(1).filter_map(|line| {
        let mut columns = line.split('\t');
        let country = columns.next()?.parse().ok()?;
        let [iso2, fips, cow, cameo, latitude, longitude] = [(); 6].map(|()| columns.next().unwrap_or_default());
        let capital = latitude.parse().ok().zip(longitude.parse().ok());
        Some((country, Codes { iso2, fips, cow, cameo, capital }))
    })
}

/// The codes of a country; `None` for bodies that are no state.
pub fn codes(country: Country) -> Option<&'static Codes> {
    CODES.get(&country)
}

/// The country with that ISO 3166-1 alpha-2 code in whatever case; hosts have `uk` for Britain.
pub(crate) fn country_of_iso2(code: &str) -> Option<Country> {
    let code = if code.eq_ignore_ascii_case("uk") { "GB" } else { code };
    CODES.iter().find(|(_, c)| !c.iso2.is_empty() && c.iso2.eq_ignore_ascii_case(code)).map(|(c, _)| *c)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::World;

    #[test]
    fn every_country_has_its_codes_and_no_two_have_the_same() {
        assert_eq!(rows().count(), include_str!("../../../data/world/codes.tsv").lines().count() - 1, "every row is read");
        for c in World::shipped().countries() {
            assert_eq!(codes(c.code).is_some(), !c.code.is_body(), "{}", c.code);
        }
        for of in [|c: &Codes| c.iso2, |c: &Codes| c.fips, |c: &Codes| c.cow, |c: &Codes| c.cameo] {
            let all: Vec<&str> = CODES.values().map(of).filter(|c| !c.is_empty()).collect();
            assert_eq!(all.len(), all.iter().collect::<BTreeSet<_>>().len());
        }
        assert!(CODES.values().filter_map(|c| c.capital).all(|(lat, long)| lat.abs() <= 90.0 && long.abs() <= 180.0));
        let turkey = codes(Country::of("TUR")).expect("Türkiye");
        assert_eq!((turkey.iso2, turkey.fips, turkey.cow), ("TR", "TU", "640"));
    }
}
