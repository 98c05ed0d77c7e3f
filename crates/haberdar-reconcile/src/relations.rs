//! How states stand to each other: the monthly series of a dyad, the signed network and its balance.
//!
//! Acts are what happened or goes on. Background, plans, demands, forecasts, suppositions and denials never count, and
//! copies never count as sources. All functions are pure; the order of their input changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use haberdar_model::{
    Country, outlet,
    record::{DyadAct, MergedEvent, Story},
};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use crate::copies;

/// One month of a dyad.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Month {
    /// `2022-03`.
    pub month: String,
    /// Acts of quad class 1: verbal cooperation.
    pub verbal_cooperation: usize,
    /// Acts of quad class 2: material cooperation.
    pub material_cooperation: usize,
    /// Acts of quad class 3: verbal conflict.
    pub verbal_conflict: usize,
    /// Acts of quad class 4: material conflict.
    pub material_conflict: usize,
    /// Sum of the Goldstein values.
    pub goldstein: f64,
    /// Outlets that stand behind the reports, those of copies left out.
    pub independent_sources: usize,
}

impl Month {
    /// All acts of the month.
    pub fn acts(&self) -> usize {
        self.verbal_cooperation + self.material_cooperation + self.verbal_conflict + self.material_conflict
    }
}

/// Two states or bodies.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Dyad {
    /// The one.
    pub a: Country,
    /// The other.
    pub b: Country,
    /// Day of the first act.
    pub first: Option<Date>,
    /// Day of the last act.
    pub last: Option<Date>,
    /// Acts without a day, which stand in no month.
    pub undated: usize,
    /// Months with acts, in order.
    pub months: Vec<Month>,
    /// The acts, the newest first, then by id.
    #[serde(skip)]
    pub acts: Vec<MergedEvent>,
}

fn within(d: Date, since: Option<Date>, until: Option<Date>) -> bool {
    since.is_none_or(|s| d >= s) && until.is_none_or(|u| d <= u)
}

/// Who stands behind every article: a copy's source is that of its original.
fn sources(stories: &[Story]) -> BTreeMap<&str, String> {
    let articles: BTreeMap<&str, _> = stories.iter().flat_map(|s| &s.articles).map(|a| (a.id.as_str(), a)).collect();
    let original =
        |id| articles.get(id).and_then(|a| a.copy_of.as_deref().or(a.version_of.as_deref())).and_then(|o| articles.get(o));
    articles
        .iter()
        .map(|(&id, a)| {
            let a = original(id).unwrap_or(a);
            (id, copies::source(a.publisher.as_deref(), &a.id))
        })
        .collect()
}

/// The relations of two states, from the acts between `since` and `until`; acts without a day only where neither is given.
pub fn dyad(
    events: &[MergedEvent],
    stories: &[Story],
    (a, b): (Country, Country),
    since: Option<Date>,
    until: Option<Date>,
) -> Dyad {
    let sources = sources(stories);
    let pair = (a.min(b), a.max(b));
    let mut acts: Vec<MergedEvent> = events.iter().filter(|e| e.is_act() && e.pairs().contains(&pair)).cloned().collect();
    acts.retain(|e| in_question(e.first_day(), since, until));
    acts.sort_by(|x, y| y.first_day().cmp(&x.first_day()).then_with(|| x.id.cmp(&y.id)));
    let counted: Vec<DyadAct> = acts.iter().map(|e| counted(e, &sources)).collect();
    Dyad { acts, ..series(&counted, (a, b), since, until) }
}

/// The same from what counts of the acts alone; `acts` of the answer stays empty.
pub fn series(acts: &[DyadAct], (a, b): (Country, Country), since: Option<Date>, until: Option<Date>) -> Dyad {
    let ours = || acts.iter().filter(|x| in_question(x.day, since, until));
    let days = || ours().filter_map(|x| x.day);
    Dyad {
        a,
        b,
        first: days().min(),
        last: days().max(),
        undated: ours().filter(|x| x.day.is_none()).count(),
        months: months_of(ours()),
        acts: Vec::new(),
    }
}

/// True where an act of this day is asked for: between `since` and `until`; one without a day only where neither is given.
pub fn in_question(day: Option<Date>, since: Option<Date>, until: Option<Date>) -> bool {
    day.map_or(since.is_none() && until.is_none(), |d| within(d, since, until))
}

fn counted(e: &MergedEvent, sources: &BTreeMap<&str, String>) -> DyadAct {
    let by: BTreeSet<u64> = e.reports.iter().filter_map(|r| sources.get(r.article.as_str())).map(|s| outlet::number(s)).collect();
    DyadAct { event: e.id.clone(), day: e.first_day(), quad: e.quad, goldstein: e.goldstein, sources: by.into_iter().collect() }
}

/// The months of all real acts among these events, whoever takes part.
pub fn months(events: &[MergedEvent], stories: &[Story]) -> Vec<Month> {
    let sources = sources(stories);
    let acts: Vec<DyadAct> = events.iter().filter(|e| e.is_act()).map(|e| counted(e, &sources)).collect();
    months_of(acts.iter())
}

fn months_of<'a>(acts: impl Iterator<Item = &'a DyadAct>) -> Vec<Month> {
    let mut months: BTreeMap<(i16, i8), (Month, BTreeSet<u64>)> = BTreeMap::new();
    for e in acts {
        let Some(d) = e.day else { continue };
        let (m, by) = months.entry((d.year(), d.month())).or_default();
        match e.quad {
            1 => m.verbal_cooperation += 1,
            2 => m.material_cooperation += 1,
            3 => m.verbal_conflict += 1,
            _ => m.material_conflict += 1,
        }
        m.goldstein += e.goldstein.map_or(0.0, tenths);
        by.extend(&e.sources);
    }
    let months = months.into_iter().map(|((year, month), (m, by))| Month {
        month: format!("{year:04}-{month:02}"),
        independent_sources: by.len(),
        goldstein: m.goldstein / 10.0,
        ..m
    });
    months.collect()
}

/// Goldstein values have one decimal: counted in tenths, their sum does not depend on the order.
fn tenths(goldstein: f32) -> f64 {
    (f64::from(goldstein) * 10.0).round()
}

fn month(d: Date) -> String {
    format!("{:04}-{:02}", d.year(), d.month())
}

/// How long a period of the network is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Period {
    /// A month: `2022-03`.
    #[default]
    Month,
    /// A year: `2022`.
    Year,
}

/// Two states in one period.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Tie {
    /// The one, first by its code.
    pub a: Country,
    /// The other.
    pub b: Country,
    /// Sum of the Goldstein values of the acts.
    pub goldstein: f64,
    /// `1`, `-1`; `0` where the acts weigh nothing or cancel out.
    pub sign: i8,
    /// Ids of the acts, by day and id.
    pub events: Vec<String>,
}

/// Three states that all have signed ties in one period.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Triad {
    /// By their codes.
    pub states: [Country; 3],
    /// Signs of first and second, first and third, second and third.
    pub signs: [i8; 3],
    /// The product of the signs is positive: friends of friends, or enemies of enemies.
    pub balanced: bool,
    /// What changed, where the balance is another one than before.
    pub shift: Option<Shift>,
}

/// How a triad changed its balance.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Shift {
    /// The last period before in which all three ties were signed.
    pub since: String,
    /// The ties that have another sign now, with the acts that gave it.
    pub by: Vec<Tie>,
}

/// The network in one period.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Network {
    /// `2022-03` or `2022`.
    pub period: String,
    /// All ties by codes.
    pub ties: Vec<Tie>,
    /// All triads by codes.
    pub triads: Vec<Triad>,
}

/// The signed network of states, period by period. Bodies such as NATO are no states. Every period stands for itself: a
/// sign is not carried on into months without acts.
pub fn balance(events: &[MergedEvent], since: Option<Date>, until: Option<Date>, by: Period) -> Vec<Network> {
    let mut ties = Ties::new(since, until, by);
    for e in events.iter().filter(|e| e.is_act()) {
        e.pairs().into_iter().for_each(|pair| ties.add(pair, e.first_day(), e.goldstein, &e.id));
    }
    ties.networks()
}

/// Sum of the Goldstein values in tenths, the acts with their days.
type Weighed = (f64, Vec<(Date, String)>);

/// What makes the network, act by act, for those who do not have all acts at hand.
#[derive(Debug)]
pub struct Ties {
    since: Option<Date>,
    until: Option<Date>,
    by: Period,
    periods: BTreeMap<String, BTreeMap<(Country, Country), Weighed>>,
}

impl Ties {
    /// Of the acts between `since` and `until`.
    pub fn new(since: Option<Date>, until: Option<Date>, by: Period) -> Ties {
        Ties { since, until, by, periods: BTreeMap::new() }
    }

    /// Adds an act between two, the smaller code first. The order of the acts changes nothing.
    pub fn add(&mut self, (a, b): (Country, Country), day: Option<Date>, goldstein: Option<f32>, event: &str) {
        let Some(d) = day.filter(|d| within(*d, self.since, self.until)) else { return };
        if a.is_body() || b.is_body() {
            return;
        }
        let period = if self.by == Period::Month { month(d) } else { format!("{:04}", d.year()) };
        let tie = self.periods.entry(period).or_default().entry((a, b)).or_default();
        tie.0 += goldstein.map_or(0.0, tenths);
        tie.1.push((d, event.to_owned()));
    }

    /// The network of every period.
    pub fn networks(self) -> Vec<Network> {
        networks(self.periods)
    }
}

fn networks(periods: BTreeMap<String, BTreeMap<(Country, Country), Weighed>>) -> Vec<Network> {
    let mut before: BTreeMap<[Country; 3], (String, [i8; 3])> = BTreeMap::new();
    let mut out = Vec::new();
    for (period, ties) in periods {
        let ties: Vec<Tie> = ties.into_iter().map(|((a, b), w)| tie(a, b, w)).collect();
        let mut triads = triads(&ties);
        for t in &mut triads {
            if let Some((since, signs)) = before.insert(t.states, (period.clone(), t.signs))
                && signs.iter().product::<i8>() != t.signs.iter().product::<i8>()
            {
                let [a, b, c] = t.states;
                let changed: Vec<(Country, Country)> = [(a, b), (a, c), (b, c)]
                    .into_iter()
                    .enumerate()
                    .filter(|(i, _)| signs[*i] != t.signs[*i])
                    .map(|x| x.1)
                    .collect();
                let by = ties.iter().filter(|t| changed.contains(&(t.a, t.b))).cloned().collect();
                t.shift = Some(Shift { since, by });
            }
        }
        out.push(Network { period, ties, triads });
    }
    out
}

fn tie(a: Country, b: Country, (goldstein, mut events): (f64, Vec<(Date, String)>)) -> Tie {
    events.sort();
    let sign = if goldstein > 0.0 { 1 } else { -i8::from(goldstein < 0.0) };
    Tie { a, b, goldstein: goldstein / 10.0, sign, events: events.into_iter().map(|e| e.1).collect() }
}

fn triads(ties: &[Tie]) -> Vec<Triad> {
    let mut next: BTreeMap<Country, BTreeMap<Country, i8>> = BTreeMap::new();
    for t in ties.iter().filter(|t| t.sign != 0) {
        next.entry(t.a).or_default().insert(t.b, t.sign);
    }
    let mut out = Vec::new();
    for (&a, of_a) in &next {
        for (&b, &ab) in of_a {
            for (&c, &bc) in next.get(&b).into_iter().flatten() {
                if let Some(&ac) = of_a.get(&c) {
                    let signs = [ab, ac, bc];
                    let balanced = signs.iter().product::<i8>() > 0;
                    out.push(Triad { states: [a, b, c], signs, balanced, shift: None });
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests;
