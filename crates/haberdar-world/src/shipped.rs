//! The tables that are built in. Each stands here once, so that the binary holds it once.

macro_rules! tables {
    ($($name:ident = $file:literal),* $(,)?) => {
        $(pub(crate) static $name: &str = include_str!(concat!("../../../data/world/", $file));)*
        /// All of them, for the version.
        pub(crate) static ALL: &[&str] = &[$($name),*];
    };
}

tables! {
    COUNTRIES = "countries.tsv",
    OFFICES = "offices.tsv",
    ORGANIZATIONS = "organizations.tsv",
    PLACES = "places.tsv",
    PERSONS = "persons.tsv",
    PERSONS_MANUAL = "persons_manual.tsv",
    PERSONS_ALIASES = "persons_aliases.tsv",
    HOLDINGS = "holdings.tsv",
    TRAPS = "traps.tsv",
    SECTORS = "sectors.tsv",
    SHARED_NAMES = "shared_names.tsv",
    CAMEO = "cameo.tsv",
}
