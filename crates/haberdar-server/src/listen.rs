//! The only part that waits: sockets, limits, stopping.

use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{ConnectInfo, Request, State},
    http::{HeaderValue, Response, StatusCode, header},
};
use tower_http::{compression::CompressionLayer, timeout::TimeoutLayer};

use crate::{Answer, Ask, Room, answer, problem::Problem};

/// The largest body: an article is text, not a film.
const BODY: usize = 8 << 20;
/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// Addresses whose rate is remembered.
const ADDRESSES: usize = 10_000;

/// Why the server did not start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address is taken or not ours.
    #[error("cannot listen on {0}: {1}; choose another with --addr")]
    Listen(SocketAddr, std::io::Error),
    /// Something else of the system.
    #[error("the server cannot run: {0}")]
    Run(#[from] std::io::Error),
}

struct Shared {
    room: Room,
    /// Requests that each address may still make, and since when.
    buckets: Mutex<HashMap<IpAddr, (f64, Instant)>>,
}

/// Everything behind one address: routes and limits.
pub fn router(room: Room) -> Router {
    let shared = Arc::new(Shared { room, buckets: Mutex::default() });
    Router::new()
        .fallback(handle)
        .with_state(shared)
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE))
        .layer(CompressionLayer::new())
}

/// Answers until the process is told to stop; requests that are under way are finished. `ready` is told the address.
///
/// # Errors
/// Where the address cannot be listened on.
pub fn serve(room: Room, addr: SocketAddr, ready: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(addr).await.map_err(|e| ServeError::Listen(addr, e))?;
        ready(listener.local_addr()?);
        let app = router(room).into_make_service_with_connect_info::<SocketAddr>();
        axum::serve(listener, app).with_graceful_shutdown(stopped()).await?;
        Ok(())
    })
}

/// Waits for Ctrl-C or, on Unix, SIGTERM.
async fn stopped() {
    let ctrl_c = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    #[cfg(unix)]
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut term) => tokio::select! { () = ctrl_c => {}, _ = term.recv() => {} },
        Err(_) => ctrl_c.await,
    }
    #[cfg(not(unix))]
    ctrl_c.await;
}

async fn handle(State(shared): State<Arc<Shared>>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let from = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip());
    if from.is_some_and(|ip| !may_ask(&shared, ip)) {
        let problem = Problem {
            status: 429,
            title: "Too many requests",
            detail: "ask again in a second; --rate sets how many are answered".to_owned(),
        };
        let mut a = problem.answer();
        a.headers.push(("retry-after", "1".to_owned()));
        return response(a);
    }
    let Ok(body) = to_bytes(body, BODY).await else {
        let detail = format!("the body is larger than {} MiB or broke off", BODY >> 20);
        return response(Problem { status: 413, title: "Too large", detail }.answer());
    };
    let text = |name: header::HeaderName| parts.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    let head = parts.method == "HEAD";
    let ask = Ask {
        method: if head { "GET".to_owned() } else { parts.method.to_string() },
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        body: body.to_vec(),
        accept: text(header::ACCEPT),
        accept_language: text(header::ACCEPT_LANGUAGE),
        authorization: text(header::AUTHORIZATION),
        cookie: text(header::COOKIE),
        if_none_match: text(header::IF_NONE_MATCH),
    };
    let done = tokio::task::spawn_blocking(move || answer(&shared.room, &ask)).await;
    let mut a = done.unwrap_or_else(|_| {
        let detail = "the request broke something; the server goes on".to_owned();
        Problem { status: 500, title: "A fault of the program", detail }.answer()
    });
    if head {
        a.body.clear();
    }
    response(a)
}

fn response(a: Answer) -> Response<Body> {
    let mut r = Response::new(Body::from(a.body));
    *r.status_mut() = StatusCode::from_u16(a.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    r.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(a.kind));
    for (name, value) in a.headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            r.headers_mut().append(name, value);
        }
    }
    r
}

/// A bucket for each address that fills with the rate and holds four seconds of it.
fn may_ask(shared: &Shared, ip: IpAddr) -> bool {
    let rate = f64::from(shared.room.settings.rate.max(1));
    let now = Instant::now();
    let mut buckets = shared.buckets.lock().unwrap_or_else(PoisonError::into_inner);
    if buckets.len() >= ADDRESSES {
        buckets.clear();
    }
    let (left, since) = buckets.entry(ip).or_insert((rate * 4.0, now));
    *left = (*left + now.duration_since(*since).as_secs_f64() * rate).min(rate * 4.0);
    *since = now;
    let may = *left >= 1.0;
    if may {
        *left -= 1.0;
    }
    may
}
