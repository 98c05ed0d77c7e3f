//! The Turkish suffixes; the letters are explained in the parent module.

/// From state, suffix, what it says, to state.
///
/// States: `n` noun stem, `p` plural, `q` possessive, `c` case, `l` locative or genitive, `k` behind -ki, `v` verb stem,
/// `w` negated verb, `t` tense with the long personal endings, `d` tense with the short ones, `y` verb that lost its
/// vowel before -yor, `x` person, `z` end.
#[rustfmt::skip]
pub(super) const SUFFIXES: &[(u8, &str, &str, u8)] = &[
    // Number, possessive, case.
    (b'n', "lAr", "Pl", b'p'),
    (b'n', "(I)m", "P1", b'q'), (b'n', "(I)n", "P2", b'q'), (b'n', "(s)I", "P3", b'q'), (b'n', "(I)mIz", "P1p", b'q'), (b'n', "(I)nIz", "P2p", b'q'), (b'n', "lArI", "P3p", b'q'),
    (b'p', "Im", "P1", b'q'), (b'p', "In", "P2", b'q'), (b'p', "I", "P3", b'q'), (b'p', "ImIz", "P1p", b'q'), (b'p', "InIz", "P2p", b'q'),
    (b'n', "(y)I", "Acc", b'c'), (b'n', "(y)A", "Dat", b'c'), (b'n', "DA", "Loc", b'l'), (b'n', "DAn", "Abl", b'c'), (b'n', "(n)In", "Gen", b'l'), (b'n', "(y)lA", "Ins", b'c'), (b'n', "CA", "Equ", b'c'),
    (b'p', "I", "Acc", b'c'), (b'p', "A", "Dat", b'c'), (b'p', "DA", "Loc", b'l'), (b'p', "DAn", "Abl", b'c'), (b'p', "In", "Gen", b'l'), (b'p', "lA", "Ins", b'c'), (b'p', "CA", "Equ", b'c'),
    (b'q', "(n)I", "Acc", b'c'), (b'q', "(n)A", "Dat", b'c'), (b'q', "nDA", "Loc", b'l'), (b'q', "DA", "Loc", b'l'), (b'q', "nDAn", "Abl", b'c'), (b'q', "DAn", "Abl", b'c'), (b'q', "(n)In", "Gen", b'l'), (b'q', "(y)lA", "Ins", b'c'), (b'q', "(n)CA", "Equ", b'c'),
    (b'l', "ki", "Ki", b'k'), (b'n', "ki", "Ki", b'k'), (b'n', "kü", "Ki", b'k'), (b'q', "ki", "Ki", b'k'),
    (b'k', "lAr", "Pl", b'p'), (b'k', "nI", "Acc", b'c'), (b'k', "nA", "Dat", b'c'), (b'k', "nDA", "Loc", b'c'), (b'k', "nDAn", "Abl", b'c'), (b'k', "nIn", "Gen", b'c'), (b'k', "ylA", "Ins", b'c'),
    // Copula behind nouns.
    (b'n', "(y)DI", "CopPast", b'd'), (b'n', "(y)mIş", "CopNar", b't'), (b'n', "(y)sA", "CopCnd", b'd'), (b'n', "DIr", "CopDir", b'x'), (b'n', "(y)ken", "CopKen", b'z'), (b'n', "(y)Im", "Cop1", b'x'), (b'n', "sIn", "Cop2", b'x'), (b'n', "(y)Iz", "Cop1p", b'x'), (b'n', "sInIz", "Cop2p", b'x'),
    (b'p', "DI", "CopPast", b'd'), (b'p', "mIş", "CopNar", b't'), (b'p', "sA", "CopCnd", b'd'), (b'p', "DIr", "CopDir", b'x'), (b'p', "ken", "CopKen", b'z'), (b'p', "Iz", "Cop1p", b'x'), (b'p', "sInIz", "Cop2p", b'x'),
    (b'q', "(y)DI", "CopPast", b'd'), (b'q', "(y)mIş", "CopNar", b't'), (b'q', "(y)sA", "CopCnd", b'd'), (b'q', "DIr", "CopDir", b'x'), (b'q', "(y)ken", "CopKen", b'z'), (b'q', "(y)Im", "Cop1", b'x'), (b'q', "sIn", "Cop2", b'x'), (b'q', "(y)Iz", "Cop1p", b'x'), (b'q', "sInIz", "Cop2p", b'x'),
    (b'c', "(y)DI", "CopPast", b'd'), (b'c', "(y)mIş", "CopNar", b't'), (b'c', "(y)sA", "CopCnd", b'd'), (b'c', "DIr", "CopDir", b'x'), (b'c', "(y)ken", "CopKen", b'z'), (b'c', "(y)Im", "Cop1", b'x'), (b'c', "sIn", "Cop2", b'x'), (b'c', "(y)Iz", "Cop1p", b'x'), (b'c', "lAr", "Cop3p", b'x'),
    (b'l', "(y)DI", "CopPast", b'd'), (b'l', "(y)mIş", "CopNar", b't'), (b'l', "(y)sA", "CopCnd", b'd'), (b'l', "DIr", "CopDir", b'x'), (b'l', "(y)ken", "CopKen", b'z'), (b'l', "(y)Im", "Cop1", b'x'), (b'l', "sIn", "Cop2", b'x'), (b'l', "(y)Iz", "Cop1p", b'x'), (b'l', "lAr", "Cop3p", b'x'),
    (b'k', "(y)DI", "CopPast", b'd'), (b'k', "DIr", "CopDir", b'x'),
    // Derivation.
    (b'n', "lI", "*li", b'n'), (b'n', "sIz", "*siz", b'n'), (b'n', "lIK", "*lik", b'n'), (b'n', "CI", "*ci", b'n'), (b'n', "CIK", "*cik", b'n'), (b'n', "CAsInA", "*casına", b'z'), (b'n', "(I)ncI", "*inci", b'n'), (b'n', "(ş)Ar", "*şer", b'n'), (b'n', "sAl", "*sel", b'n'), (b'n', "DAş", "*daş", b'n'), (b'n', "(I)msI", "*imsi", b'n'), (b'n', "gil", "*gil", b'n'),
    (b'n', "lA", "*la", b'v'), (b'n', "lAn", "*lan", b'v'), (b'n', "lAş", "*laş", b'v'), (b'n', "lAt", "*lat", b'v'), (b'n', "lAştIr", "*laştır", b'v'), (b'n', "lIyor", "*la+Prog", b't'),
    // Voice.
    (b'v', "DIr", "Cau", b'v'), (b'v', "t", "Cau", b'v'), (b'v', "Ir", "Cau", b'v'), (b'v', "Ar", "Cau", b'v'), (b'v', "It", "Cau", b'v'), (b'v', "Il", "Pass", b'v'), (b'v', "(I)n", "Pass", b'v'), (b'v', "(I)ş", "Rcp", b'v'), (b'v', "nIl", "Pass", b'v'),
    // Negation, ability.
    (b'v', "mA", "Neg", b'w'), (b'v', "(y)Abil", "Abil", b'v'), (b'w', "yAbil", "Abil", b'v'), (b'v', "(y)AmA", "NegAbil", b'w'), (b'v', "(y)Iver", "Rapid", b'v'),
    // Tenses and moods.
    (b'v', "Iyor", "Prog", b't'), (b'y', "yor", "Prog", b't'), (b'v', "mIyor", "Neg+Prog", b't'), (b'v', "(y)AmIyor", "NegAbil+Prog", b't'),
    (b'v', "DI", "Past", b'd'), (b'w', "DI", "Past", b'd'), (b'v', "mIş", "Nar", b't'), (b'w', "mIş", "Nar", b't'), (b'v', "(y)AcAK", "Fut", b't'), (b'w', "yAcAK", "Fut", b't'),
    (b'v', "Ar", "Aor", b't'), (b'v', "Ir", "Aor", b't'), (b'v', "r", "Aor", b't'), (b'w', "z", "Aor", b't'), (b'w', "m", "Aor+1", b'x'), (b'w', "yIz", "Aor+1p", b'x'),
    (b'v', "mAlI", "Nec", b't'), (b'w', "mAlI", "Nec", b't'), (b'v', "sA", "Des", b'd'), (b'w', "sA", "Des", b'd'), (b'v', "mAktA", "Prog2", b't'), (b'w', "mAktA", "Prog2", b't'),
    (b'v', "(y)A", "Opt", b't'), (b'w', "yA", "Opt", b't'), (b'v', "(y)AyIm", "Opt1", b'z'), (b'v', "(y)AlIm", "Opt1p", b'z'), (b'w', "yAyIm", "Opt1", b'z'), (b'w', "yAlIm", "Opt1p", b'z'),
    (b'v', "sIn", "Imp3", b'z'), (b'w', "sIn", "Imp3", b'z'), (b'v', "sInlAr", "Imp3p", b'z'), (b'w', "sInlAr", "Imp3p", b'z'), (b'v', "(y)In", "Imp2p", b'z'), (b'w', "yIn", "Imp2p", b'z'), (b'v', "(y)InIz", "Imp2p", b'z'), (b'w', "yInIz", "Imp2p", b'z'),
    // Persons and what follows a tense.
    (b't', "(y)Im", "1", b'x'), (b't', "sIn", "2", b'x'), (b't', "(y)Iz", "1p", b'x'), (b't', "sInIz", "2p", b'x'), (b't', "lAr", "3p", b'u'),
    (b't', "(y)DI", "+Past", b'd'), (b't', "(y)mIş", "+Nar", b'x'), (b't', "(y)sA", "+Cnd", b'd'), (b't', "DIr", "+Dir", b'x'), (b't', "ken", "+Ken", b'z'), (b't', "(y)ken", "+Ken", b'z'), (b't', "CAsInA", "+Casına", b'z'),
    (b'u', "DI", "+Past", b'z'), (b'u', "mIş", "+Nar", b'z'), (b'u', "sA", "+Cnd", b'z'), (b'u', "DIr", "+Dir", b'z'), (b'u', "ken", "+Ken", b'z'),
    (b'd', "m", "1", b'x'), (b'd', "n", "2", b'x'), (b'd', "K", "1p", b'x'), (b'd', "nIz", "2p", b'x'), (b'd', "lAr", "3p", b'x'), (b'd', "ysA", "+Cnd", b'd'), (b'd', "yDI", "+Past", b'd'),
    (b'x', "lAr", "3p", b'z'), (b'x', "DIr", "+Dir", b'z'), (b'x', "sA", "+Cnd", b'z'), (b'x', "DI", "+Past", b'z'),
    // Verbal nouns and participles, which go on as nouns.
    (b'v', "mAK", "=Mak", b'n'), (b'w', "mAK", "=Mak", b'n'), (b'v', "mA", "=Ma", b'n'), (b'w', "mA", "=Ma", b'n'), (b'v', "(y)Iş", "=Iş", b'n'), (b'w', "yIş", "=Iş", b'n'),
    (b'v', "DIK", "=Dık", b'n'), (b'w', "DIK", "=Dık", b'n'), (b'v', "(y)AcAK", "=Acak", b'n'), (b'w', "yAcAK", "=Acak", b'n'), (b'v', "(y)An", "=An", b'n'), (b'w', "yAn", "=An", b'n'), (b'v', "mIş", "=Mış", b'n'), (b'w', "mIş", "=Mış", b'n'), (b'v', "Ar", "=Ar", b'n'), (b'v', "Ir", "=Ar", b'n'), (b'v', "r", "=Ar", b'n'), (b'w', "z", "=Ar", b'n'),
    (b'v', "(y)IcI", "*ici", b'n'), (b'v', "(I)m", "*im", b'n'), (b'v', "GI", "*gi", b'n'), (b'v', "mAzlIK", "=Mazlık", b'n'),
    // Converbs.
    (b'v', "(y)Ip", "Ip", b'z'), (b'w', "yIp", "Ip", b'z'), (b'v', "(y)ArAK", "Arak", b'z'), (b'w', "yArAK", "Arak", b'z'), (b'v', "(y)IncA", "Inca", b'z'), (b'w', "yIncA", "Inca", b'z'), (b'v', "mAdAn", "Madan", b'z'), (b'v', "DIKçA", "Dıkça", b'z'), (b'w', "DIKçA", "Dıkça", b'z'), (b'v', "(y)AlI", "Alı", b'z'), (b'v', "mAksIzIn", "Maksızın", b'z'), (b'w', "zken", "+Ken", b'z'),
];
