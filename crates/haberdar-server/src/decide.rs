//! What people decide about a conflict: from the form on its page, or with the token over the interface. Kept as `haberdar
//! resolve` keeps it, apart from what was read.

use std::net::IpAddr;

use haberdar_model::record::{Action, Decision};
use haberdar_store::{Found, Store};

use crate::{Ask, Room, problem::Problem};

/// The longest value, name or reason, in code points.
const LONGEST: usize = 2000;

/// A decision as it was sent.
#[derive(Debug, Default)]
pub(crate) struct Wish {
    pub(crate) value: String,
    pub(crate) because: String,
    pub(crate) by: String,
}

/// Who may decide here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Door {
    /// Nobody: the server only shows.
    Shut,
    /// Who knows the token.
    Token,
    /// Who sits at this machine.
    Here,
}

impl Room {
    pub(crate) fn door(&self) -> Door {
        match (&self.settings.token, self.settings.decide) {
            (Some(_), _) => Door::Token,
            (None, true) => Door::Here,
            (None, false) => Door::Shut,
        }
    }

    /// Whether the token is the right one; compared by hashes, so that the time taken tells nothing.
    pub(crate) fn knows(&self, given: &str) -> bool {
        self.settings.token.as_ref().is_some_and(|t| blake3::hash(given.as_bytes()) == blake3::hash(t.as_bytes()))
    }
}

fn refused(status: u16, detail: &str) -> Problem {
    Problem { status, title: "Not allowed", detail: detail.to_owned() }
}

/// Whether a form may change something: it comes from a page of ours, and from somebody who may.
pub(crate) fn may(room: &Room, ask: &Ask, token: &str) -> Result<(), Problem> {
    if room.door() == Door::Shut {
        return Err(refused(403, "this server changes nothing; start it with --decide or --token to allow it"));
    }
    // A form of a foreign page carries the origin of that page. A proxy may speak TLS for us, so the scheme does not count.
    let ours = match ask.origin.as_str() {
        "" => ask.fetch_site == "same-origin",
        origin => !ask.host.is_empty() && origin.split_once("://").is_some_and(|(_, at)| at.eq_ignore_ascii_case(&ask.host)),
    };
    if !ours {
        return Err(refused(403, "the form was sent from a page of another site"));
    }
    match room.door() {
        Door::Token if room.knows(token) => Ok(()),
        Door::Token => Err(refused(401, "that is not the token that the server was started with")),
        // A name that somebody else points to this machine would make a foreign page one of ours.
        _ if ask.peer.is_some_and(|p| p.is_loopback()) && is_this_machine(&ask.host) => Ok(()),
        _ => Err(refused(403, "without a token only who opens the page on this machine, as 127.0.0.1 or localhost, may decide")),
    }
}

/// `localhost` or an address of this machine, with or without a port.
fn is_this_machine(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Says which value of a conflict holds.
pub(crate) fn resolve(room: &Room, id: &str, wish: &Wish) -> Result<(), Problem> {
    for (name, text) in [("value", &wish.value), ("because", &wish.because), ("by", &wish.by)] {
        if text.trim().is_empty() {
            return Err(Problem::bad(format!("{name} is empty: say which value holds, why, and who says so")));
        }
        if text.chars().count() > LONGEST {
            return Err(Problem::bad(format!("{name} has more than {LONGEST} characters")));
        }
    }
    let conflict = room.with_store(|s| s.conflict(id))?.ok_or_else(|| Problem::missing("conflict", id))?;
    let own = |text: &str| text.trim().to_owned();
    let decision = Decision {
        action: Action::Resolve,
        value: Some(own(&wish.value)),
        because: own(&wish.because),
        author: own(&wish.by),
        at: jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
    };
    let mut store = Store::open(&room.settings.store)?;
    let batch = store.begin()?;
    batch.decide(&Found::Conflict(conflict.id), &decision)?;
    Ok(batch.commit()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_this_machine_are_known() {
        for host in ["localhost:4710", "127.0.0.1", "127.0.0.1:80", "[::1]:4710", "LOCALHOST"] {
            assert!(is_this_machine(host), "{host}");
        }
        for host in ["", "evil.example:4710", "10.0.0.7:4710", "localhost.evil.example", "[fe80::1]:1"] {
            assert!(!is_this_machine(host), "{host}");
        }
    }
}
