//! The tables together, and the look-ups over them.

use std::sync::OnceLock;

use haberdar_model::{Country, DateInterval, Language};
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::{
    cameo::Cameo,
    context,
    country::CountryRow,
    entries,
    error::WorldError,
    gazetteer::{Gazetteer, NameHit},
    holding::{At, Holding},
    homes::{self, GivenNames},
    import::Imported,
    named::Taken,
    names::NameIndex,
    office::Office,
    organization::Organization,
    person::Person,
    resolve::Sectors,
    shared::SharedNames,
    shipped,
};

/// Everything that is known of the world.
pub struct World {
    pub(crate) countries: Vec<CountryRow>,
    pub(crate) offices: Vec<Office>,
    pub(crate) organizations: Vec<Organization>,
    pub(crate) places: Vec<Organization>,
    pub(crate) persons: Vec<Person>,
    pub(crate) holdings: Vec<Holding>,
    pub(crate) cameo: Vec<Cameo>,
    pub(crate) sectors: Sectors,
    pub(crate) shared: SharedNames,
    pub(crate) by_code: FxHashMap<Country, usize>,
    pub(crate) by_id: FxHashMap<&'static str, (EntityKind, usize)>,
    pub(crate) office_by_id: FxHashMap<&'static str, usize>,
    /// Holdings of a person; the holdings are sorted by country, office and start.
    pub(crate) by_person: FxHashMap<&'static str, Vec<u32>>,
    pub(crate) by_seat: FxHashMap<(Country, &'static str), Vec<u32>>,
    pub(crate) gazetteer: Gazetteer,
    /// A digest of the user's rows, where there are any.
    own: Option<String>,
    /// Built when the first name is asked for.
    names: OnceLock<NameIndex>,
    /// Built when the first given name is asked for.
    given_names: OnceLock<GivenNames>,
}

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntityKind {
    /// A state, territory or body with a country code.
    Country,
    /// An organisation, armed group, party, outlet, company.
    Organization,
    /// A town, region, sea.
    Place,
    /// A person.
    Person,
}

/// An entity of any kind, by its id.
#[derive(Clone, Copy, Debug)]
pub struct Entity<'w> {
    /// Its id.
    pub id: &'w str,
    /// What it is.
    pub kind: EntityKind,
    name_en: &'w str,
    name_tr: &'w str,
    /// The state or body that it is or belongs to.
    pub country: Option<Country>,
    /// PLOVER sector.
    pub sector: Option<&'w str>,
    /// The kind of organisation or place (`party`, `armed_group`, `city`, …).
    pub class: Option<&'w str>,
}

impl<'w> Entity<'w> {
    /// Its usual name in a language.
    pub fn name(&self, lang: Language) -> &'w str {
        match lang {
            Language::Tr => self.name_tr,
            Language::En => self.name_en,
        }
    }
}

impl World {
    /// The tables that are built in.
    pub fn shipped() -> &'static World {
        static SHIPPED: OnceLock<World> = OnceLock::new();
        // The shipped tables are checked by this crate's tests.
        SHIPPED.get_or_init(|| World::load(Imported::default()).expect("the tables that are built in are sound"))
    }

    /// Loads the tables that are built in, with rows of the user's that win over them.
    pub(crate) fn load(imported: Imported) -> Result<World, WorldError> {
        let countries = CountryRow::load(shipped::COUNTRIES)?;
        let offices = Office::load(shipped::OFFICES)?;
        let taken = Taken::by(&imported.named);
        let bodies = |name, text, place| Ok(taken.rows(Organization::load(name, text)?, &imported.named, place));
        let organizations = bodies("organizations.tsv", shipped::ORGANIZATIONS, false)?;
        let places = bodies("places.tsv", shipped::PLACES, true)?;
        let mut persons = Person::load("persons.tsv", shipped::PERSONS)?;
        persons.extend(Person::load("persons_manual.tsv", shipped::PERSONS_MANUAL)?);
        Person::add_aliases(&mut persons, shipped::PERSONS_ALIASES)?;
        let own = (!imported.is_empty()).then(|| imported.digest());
        let mut holdings = imported.win(Holding::load("holdings.tsv", shipped::HOLDINGS)?);
        holdings.extend(imported.holdings);
        persons.extend(imported.persons);
        let cameo = Cameo::load(shipped::CAMEO)?;
        let traps = context::load(shipped::TRAPS)?;
        let mut world = World::new(countries, offices, organizations, places, persons, holdings, cameo, traps, &taken);
        world.sectors = Sectors::load(shipped::SECTORS)?;
        world.shared = SharedNames::load(shipped::SHARED_NAMES)?;
        world.own = own;
        Ok(world)
    }

    #[allow(clippy::too_many_arguments)]
    fn new(
        countries: Vec<CountryRow>,
        offices: Vec<Office>,
        organizations: Vec<Organization>,
        places: Vec<Organization>,
        persons: Vec<Person>,
        mut holdings: Vec<Holding>,
        cameo: Vec<Cameo>,
        traps: context::Traps,
        taken: &Taken,
    ) -> World {
        holdings.sort_by(|a, b| {
            (a.country, a.office, a.first(), a.last(), a.person).cmp(&(b.country, b.office, b.first(), b.last(), b.person))
        });
        let ids = countries.len() + organizations.len() + places.len() + persons.len();
        let mut by_id = FxHashMap::with_capacity_and_hasher(ids, FxBuildHasher);
        for (i, c) in countries.iter().enumerate() {
            by_id.insert(c.id, (EntityKind::Country, i));
        }
        for (i, o) in organizations.iter().enumerate() {
            by_id.insert(o.id, (EntityKind::Organization, i));
        }
        for (i, o) in places.iter().enumerate() {
            by_id.insert(o.id, (EntityKind::Place, i));
        }
        for (i, p) in persons.iter().enumerate() {
            by_id.insert(p.id, (EntityKind::Person, i));
        }
        let mut by_code = FxHashMap::default();
        for (i, c) in countries.iter().enumerate().rev() {
            by_code.insert(c.code, i);
        }
        // A code belongs to the row of the same key, not to one that is only reported under it.
        for (i, c) in countries.iter().enumerate().filter(|(_, c)| c.id == c.code.as_str()) {
            by_code.insert(c.code, i);
        }
        let office_by_id = offices.iter().enumerate().map(|(i, o)| (o.id, i)).collect();
        let (mut by_person, mut by_seat) = (FxHashMap::<_, Vec<u32>>::default(), FxHashMap::<_, Vec<u32>>::default());
        for (i, h) in holdings.iter().enumerate() {
            by_person.entry(h.person).or_default().push(i as u32);
            by_seat.entry((h.country, h.office)).or_default().push(i as u32);
        }
        let mut names = Vec::with_capacity(3 * ids);
        entries::countries(&countries, &mut names);
        entries::offices(&offices, &mut names);
        entries::organizations(&organizations, false, &mut names);
        entries::organizations(&places, true, &mut names);
        entries::bracketed(&mut names);
        entries::persons(&persons, &mut names);
        taken.leave(&mut names);
        World {
            gazetteer: Gazetteer::new(names, &traps),
            names: OnceLock::new(),
            given_names: OnceLock::new(),
            own: None,
            countries,
            offices,
            organizations,
            places,
            persons,
            holdings,
            cameo,
            sectors: Sectors::default(),
            shared: SharedNames::default(),
            by_code,
            by_id,
            office_by_id,
            by_person,
            by_seat,
        }
    }

    /// The version of the tables: the crate's and a digest of their content, and one of the user's rows where there are
    /// any, so that a verdict can be traced to the record that it was given by.
    pub fn version(&self) -> String {
        static VERSION: OnceLock<String> = OnceLock::new();
        let built_in = VERSION.get_or_init(|| {
            let id = haberdar_model::id::content_id(shipped::ALL.iter().copied());
            format!("{}+{}", env!("CARGO_PKG_VERSION"), id.trim_start_matches("b3:").get(..12).unwrap_or_default())
        });
        self.own.as_ref().map_or_else(|| built_in.clone(), |own| format!("{built_in}+own.{own}"))
    }

    /// All states, territories and bodies.
    pub fn countries(&self) -> &[CountryRow] {
        &self.countries
    }

    /// The state, territory or body of a code.
    pub fn country(&self, code: Country) -> Option<&CountryRow> {
        self.by_code.get(&code).map(|&i| &self.countries[i])
    }

    /// All offices.
    pub fn offices(&self) -> &[Office] {
        &self.offices
    }

    /// An office by its id.
    pub fn office(&self, id: &str) -> Option<&Office> {
        self.office_by_id.get(id).map(|&i| &self.offices[i])
    }

    /// All persons.
    pub fn persons(&self) -> &[Person] {
        &self.persons
    }

    /// A person by id.
    pub fn person(&self, id: &str) -> Option<&Person> {
        match self.by_id.get(id) {
            Some(&(EntityKind::Person, i)) => Some(&self.persons[i]),
            _ => None,
        }
    }

    /// An organisation by id.
    pub fn organization(&self, id: &str) -> Option<&Organization> {
        match self.by_id.get(id) {
            Some(&(EntityKind::Organization, i)) => Some(&self.organizations[i]),
            _ => None,
        }
    }

    /// An entity of any kind by id.
    pub fn entity(&self, id: &str) -> Option<Entity<'_>> {
        let &(kind, i) = self.by_id.get(id)?;
        Some(match kind {
            EntityKind::Country => {
                let c = &self.countries[i];
                let sector = Some("GOV").filter(|_| !c.code.is_body());
                Entity { id: c.id, kind, name_en: c.name_en, name_tr: c.name_tr, country: Some(c.code), sector, class: None }
            }
            EntityKind::Organization | EntityKind::Place => {
                let o = if kind == EntityKind::Place { &self.places[i] } else { &self.organizations[i] };
                Entity {
                    id: o.id,
                    kind,
                    name_en: o.name(Language::En),
                    name_tr: o.name(Language::Tr),
                    country: o.country,
                    sector: Some(o.sector).filter(|s| !s.is_empty()),
                    class: Some(o.kind),
                }
            }
            EntityKind::Person => {
                let p = &self.persons[i];
                Entity {
                    id: p.id,
                    kind,
                    name_en: p.name,
                    name_tr: p.name_tr.unwrap_or(p.name),
                    country: p.country,
                    sector: None,
                    class: None,
                }
            }
        })
    }

    /// All names of the tables in a text: the longest at each place, none overlapping, from left to right.
    ///
    /// Names count at the start of words only. In Turkish a legal chain of case, plural and possessive suffixes may
    /// follow, with or without an apostrophe.
    pub fn scan(&self, text: &str, lang: Language) -> Vec<NameHit> {
        self.gazetteer.scan(text, lang)
    }

    /// Who is recorded in an office of a state, in order of time; with `on`, those who may have held it then. A holding
    /// whose record does not reach up to `on` is left out. Rival holders (see [`Holding::is_rival`]) are among them.
    pub fn holders(&self, office: &str, country: Country, on: Option<DateInterval>) -> Vec<&Holding> {
        let seat = self.office(self.seat(office, country)).map(|o| (country, o.id));
        let Some(rows) = seat.and_then(|s| self.by_seat.get(&s)) else { return Vec::new() };
        let all = rows.iter().map(|&i| &self.holdings[i as usize]);
        match on {
            None => all.collect(),
            Some(on) => all.filter(|h| matches!(h.at(on), At::Holder | At::Perhaps)).collect(),
        }
    }

    /// The offices of a person in order of country, office and time.
    pub fn holdings_of(&self, person: &str) -> Vec<&Holding> {
        self.by_person.get(person).map(|v| v.iter().map(|&i| &self.holdings[i as usize]).collect()).unwrap_or_default()
    }

    pub(crate) fn given_names(&self) -> &GivenNames {
        self.given_names.get_or_init(|| homes::given_names(self))
    }

    /// The index of persons' names.
    pub(crate) fn names(&self) -> &NameIndex {
        self.names.get_or_init(|| NameIndex::new(&self.persons, |id| self.holdings_of(id)))
    }

    /// A CAMEO code.
    pub fn cameo(&self, code: &str) -> Option<&Cameo> {
        self.cameo.binary_search_by(|c| c.code.cmp(code)).ok().map(|i| &self.cameo[i])
    }
}
