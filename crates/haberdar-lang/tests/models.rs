//! Models of one's own: the smallest that is one, and what is damaged or made up.

use haberdar_lang::{
    Analyzer, Deprel, Feats, LangError, Upos,
    lemma::{Exchanges, Lemmatizer},
    linear::{Linear, Rows},
    model::{self, Parts},
    net::{self, Dims, labels::Labels},
    split::Splitter,
};
use haberdar_model::Language;
use proptest::{collection::vec, prelude::*};

/// A model with one label, one relation and no weights.
fn smallest() -> Parts {
    let (none, mut parts) = (Rows::new(), Parts::default());
    Linear::write(&none, &mut parts.sentences);
    Splitter::write(&[], &none, &mut parts.splitter);
    Lemmatizer::write(&Exchanges::new(Vec::new()), &none, &mut parts.lemmatizer);
    let labels = Labels::new([(Upos::X, Feats::NONE)], &net::labels::component_names(Upos::X, Feats::NONE));
    let dims = Dims {
        groups: vec![1, 2, 3, 4],
        hidden: 3,
        layers: 1,
        tag: 2,
        arc: 2,
        rel: 2,
        name: 2,
        components: 1,
        relations: 1,
        name_tags: 3,
        schemes: 1,
    };
    let dense: Vec<Vec<f32>> = dims.shapes().iter().map(|(r, c)| vec![0.0; r * c]).collect();
    let trained = net::Trained {
        dims: &dims,
        labels: &labels,
        relations: &[Deprel::new("dep")],
        name_tags: &["B-PER", "I-PER", "O"].map(String::from),
        tables: vec![Vec::new(); 4],
        dense: dense.iter().map(Vec::as_slice).collect(),
    };
    net::write(&trained, &mut parts.net);
    parts
}

/// Reads a text with the model, if it is one.
fn read(bytes: &[u8]) -> Result<usize, LangError> {
    let analyzer = Analyzer::from_bytes(Language::En, bytes)?;
    let a = analyzer.analyze("The minister (71) didn't sign. U.S. envoys MET in Oslo!");
    assert!(a.sentences.iter().all(|s| s.words.iter().filter(|w| w.head.is_none()).count() == 1), "{}", a.to_conllu());
    Ok(a.words())
}

/// What a model file holds behind its head.
fn content(file: &[u8]) -> &[u8] {
    let head = model::seal(Language::En, &[]).len();
    &file[head..]
}

#[test]
fn a_model_that_knows_nothing_still_gives_trees() {
    assert_eq!(read(&model::write(Language::En, &smallest())), Ok(14));
}

#[test]
fn a_model_that_ends_too_early_is_refused() {
    let file = model::write(Language::En, &smallest());
    for end in 0..content(&file).len() {
        assert!(read(&model::seal(Language::En, &content(&file)[..end])).is_err(), "{end} bytes");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn made_up_models_never_panic(bytes in vec(any::<u8>(), 0..200), changes in vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)) {
        // As they are, behind a head that is right, and a good model with some bytes exchanged.
        prop_assert!(read(&bytes).is_err());
        let _ = read(&model::seal(Language::En, &bytes));
        let file = model::write(Language::En, &smallest());
        let mut body = content(&file).to_vec();
        for (at, byte) in changes {
            let at = at.index(body.len());
            body[at] = byte;
        }
        let _ = read(&model::seal(Language::En, &body));
    }
}
