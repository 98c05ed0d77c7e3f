//! Gradients against differences, and a network that learns a small language.

use haberdar_model::Language;

use super::*;
use crate::treebank::GoldWord;

fn sentence(words: &[(&str, Upos, u32, &str)], scheme: u32) -> Gold {
    let word = |&(form, upos, head, rel): &(&str, Upos, u32, &str)| GoldWord {
        form: form.to_owned(),
        lemma: form.to_owned(),
        upos,
        feats: if upos == Upos::Noun { Feats::new("Number=Sing") } else { Feats::NONE },
        head,
        rel: Deprel::new(rel),
    };
    Gold { words: words.iter().map(word).collect(), scheme, ..Gold::default() }
}

fn small() -> (Vec<Gold>, Vec<Tagged>, Plan) {
    let gold = vec![
        sentence(&[("the", Upos::Det, 1, "det"), ("dog", Upos::Noun, 2, "nsubj"), ("sleeps", Upos::Verb, 3, "root")], 0),
        sentence(
            &[
                ("a", Upos::Det, 1, "det"),
                ("cat", Upos::Noun, 2, "nsubj"),
                ("ran", Upos::Verb, 4, "root"),
                ("home", Upos::Noun, 2, "obl"),
            ],
            1,
        ),
        sentence(&[("dog", Upos::Noun, 1, "nsubj"), ("ran", Upos::Verb, 2, "root")], 0),
    ];
    let names = vec![vec![("Anna".to_owned(), "B-PERSON".to_owned()), ("ran".to_owned(), "O".to_owned())]];
    let mut plan = Plan::default();
    plan.dims = Dims { groups: vec![6, 5, 4, 3], hidden: 6, layers: 2, tag: 10, arc: 9, rel: 9, name: 9, ..plan.dims };
    plan.dropout = Dropout { layer: 0.0, head: 0.0, group: 0.0, form: 0.0 };
    (gold, names, plan)
}

/// Sentences of which chance hides some words.
fn raw() -> Vec<Vec<String>> {
    let sentence = ["the", "dog", "ran", "home", "the", "cat", "sleeps", "a", "dog", "ran"].map(str::to_owned).to_vec();
    vec![sentence; 2]
}

#[test]
fn gradients_are_the_slopes_of_the_loss() {
    let (gold, names, plan) = small();
    let refs: Vec<&Gold> = gold.iter().collect();
    let data = Data::new(&refs, &names, &raw(), &Lexicon::new(Language::En), &plan);
    let rows = data.rows();
    let mut random = Random(3);
    let mut params = Params::random(&data.dims, &rows, data.targets, &mut random);
    // Away from the start, where much is zero.
    params.dense.iter_mut().flatten().for_each(|v| *v += 0.2 * adam::uniform(&mut random));
    params.tables.iter_mut().flatten().for_each(|v| *v += 0.5 * adam::uniform(&mut random));
    let batch: Vec<&Sentence> = data.sentences.iter().collect();
    let run = |params: &Params| {
        let mut g = Gradients { of: Params::zeros(&data.dims, &rows, data.targets), touched: vec![Vec::new(); GROUPS] };
        let mut losses = Losses::default();
        let (bags, labels) = (&data.bags, &data.inventories);
        Pass::default().run(&data.dims, params, &mut g, &batch, bags, labels, &plan.dropout, &mut Random(9), &mut losses);
        assert!(losses.counts.iter().all(|&n| n > 0.0), "{losses:?}");
        let loss: f64 = losses.sums.iter().zip(losses.counts).map(|(s, n)| s / n).sum();
        (loss, g.of)
    };
    let (_, gradients) = run(&params);
    let step = 2e-3;
    let mut checked = 0;
    let mut check = |get: &dyn Fn(&mut Params) -> &mut f32, want: f32, what: &str| {
        let mut moved = params.clone();
        *get(&mut moved) += step;
        let up = run(&moved).0;
        *get(&mut moved) -= 2.0 * step;
        let down = run(&moved).0;
        let slope = ((up - down) / (2.0 * step as f64)) as f32;
        assert!((slope - want).abs() < 2e-3 + 0.03 * want.abs(), "{what}: slope {slope}, gradient {want}");
        checked += 1;
    };
    for (i, m) in gradients.dense.iter().enumerate() {
        for j in (0..m.len()).step_by(m.len() / 7 + 1) {
            check(&move |p| &mut p.dense[i][j], m[j], &format!("matrix {i}, number {j}"));
        }
    }
    for (i, m) in gradients.tables.iter().enumerate() {
        for j in (0..m.len()).step_by(m.len() / 7 + 1) {
            check(&move |p| &mut p.tables[i][j], m[j], &format!("table {i}, number {j}"));
        }
    }
    assert!(checked > 100);
}

#[test]
fn the_same_data_give_the_same_bytes() {
    let (gold, names, mut plan) = small();
    plan.rounds = 3;
    let refs: Vec<&Gold> = gold.iter().collect();
    let bytes = || {
        let data = Data::new(&refs, &names, &raw(), &Lexicon::new(Language::En), &plan);
        let mut out = Vec::new();
        data.pack(&data.train(&plan, &|_| {}), &mut out);
        out
    };
    assert_eq!(bytes(), bytes());
}
