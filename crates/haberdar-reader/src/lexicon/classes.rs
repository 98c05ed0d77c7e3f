//! Small lists that every word of a sentence is asked for, as bits: one lookup in place of one a list.

use rustc_hash::{FxHashMap, FxHashSet};

use super::pattern::LemmaId;

/// A set of classes of words; each is the list of that name in `words.tsv`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes(u16);

impl Classes {
    /// A verb that carries a noun's act ("saldırı düzenle-").
    pub const LIGHT: Classes = Classes(1);
    /// A verb that only says that something took place ("yaşan-", "meydana gel-").
    pub const OCCURS: Classes = Classes(1 << 1);
    /// Turkish: a verb that only says, without doubting it, what somebody tells of ("açıkla-").
    pub const TELLS: Classes = Classes(1 << 2);
    /// Turkish: a verb of moving forces ("çek-", "yığ-").
    pub const MOVES: Classes = Classes(1 << 3);
    /// Turkish: a verb of judging what others do ("kına-", "memnuniyetle karşıla-").
    pub const JUDGES: Classes = Classes(1 << 4);
    /// Turkish: a verb that asks somebody for something, who stands in the ablative ("iste-").
    pub const ASKS: Classes = Classes(1 << 5);
    /// Turkish: something of one's own that others act on ("öneri", "bağımsızlık").
    pub const OFFER: Classes = Classes(1 << 6);
    /// Turkish: forces ("birlik").
    pub const FORCE: Classes = Classes(1 << 7);
    /// Turkish: under whose lead something is done stands in front ("öncülüğünde").
    pub const LEAD: Classes = Classes(1 << 8);
    /// Turkish: it says when, why or beside whom together with the noun in front of it ("sonucu", "yanı sıra").
    pub const ADJUNCT: Classes = Classes(1 << 9);

    /// Turkish: what somebody does or says and others judge ("ziyaret").
    pub const DEED: Classes = Classes(1 << 10);
    /// Turkish: a verb of doing or putting forward what its object names ("düzenle-", "sun-").
    pub const MAKES: Classes = Classes(1 << 11);

    const LISTS: [(&str, Classes); 12] = [
        ("light", Classes::LIGHT),
        ("occurring", Classes::OCCURS),
        ("tells", Classes::TELLS),
        ("moves", Classes::MOVES),
        ("judges", Classes::JUDGES),
        ("asks", Classes::ASKS),
        ("of_another", Classes::OFFER),
        ("force", Classes::FORCE),
        ("lead", Classes::LEAD),
        ("adjunct", Classes::ADJUNCT),
        ("deed", Classes::DEED),
        ("makes", Classes::MAKES),
    ];
    const OF_VERBS: u16 = 0b11_1111 | Classes::MAKES.0;

    pub(super) fn of_lists(lists: &FxHashMap<&'static str, FxHashSet<LemmaId>>) -> FxHashMap<LemmaId, Classes> {
        let mut all = FxHashMap::<LemmaId, Classes>::default();
        for (name, class) in Classes::LISTS {
            for lemma in lists.get(name).into_iter().flatten() {
                all.entry(*lemma).or_default().0 |= class.0;
            }
        }
        all
    }

    /// The classes of a word that can be these lemmas, and that verb.
    pub(crate) fn of_word(all: &FxHashMap<LemmaId, Classes>, lemmas: &[LemmaId], verb: Option<LemmaId>) -> Classes {
        let bits = |l: &LemmaId| all.get(l).map_or(0, |c| c.0);
        let noun = lemmas.iter().fold(0, |b, l| b | bits(l));
        Classes(noun & !Classes::OF_VERBS | verb.as_ref().map_or(0, bits) & Classes::OF_VERBS)
    }

    /// True where all classes of the other are in it.
    pub fn has(self, other: Classes) -> bool {
        self.0 & other.0 == other.0
    }
}
