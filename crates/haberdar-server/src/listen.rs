//! The only part that waits: sockets, limits, stopping.

use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, PoisonError, Weak, atomic::Ordering},
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{ConnectInfo, Request, State},
    http::{HeaderValue, Response, StatusCode, header},
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::sync::Semaphore;
use tower::ServiceExt as _;
use tower_http::{CompressionLevel, compression::CompressionLayer, timeout::TimeoutLayer};

use crate::{Answer, Ask, Room, answer, problem::Problem};

/// The largest body: an article is text, not a film.
const BODY: usize = 8 << 20;
/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long connections are waited for.
#[derive(Clone, Copy)]
struct Waits {
    /// How long a client may take for the head of a request, and how long an open connection may lie idle.
    head: Duration,
    /// How long answers under way may take once the server is told to stop.
    farewell: Duration,
}

const WAITS: Waits = Waits { head: Duration::from_secs(10), farewell: Duration::from_secs(10) };
/// Connections at one time; further ones wait.
const CONNECTIONS: usize = 1024;
/// Requests that are worked on at one time.
const WORKERS: usize = 32;
/// How often the store is looked at for changes.
const WARM: Duration = Duration::from_secs(2);
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
    routes(Arc::new(Shared { room, buckets: Mutex::default() }))
}

fn routes(shared: Arc<Shared>) -> Router {
    // A page is packed anew for everyone who asks: quick levels weigh little more and take a fraction of the time.
    let packed = CompressionLayer::new().quality(CompressionLevel::Fastest);
    Router::new()
        .fallback(handle)
        .with_state(shared)
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE))
        .layer(packed)
}

/// Answers until the process is told to stop; requests that are under way have ten seconds to end. `ready` is told the address.
///
/// # Errors
/// Where the address cannot be listened on.
pub fn serve(room: Room, addr: SocketAddr, ready: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().max_blocking_threads(WORKERS).build()?;
    let done = runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(addr).await.map_err(|e| ServeError::Listen(addr, e))?;
        ready(listener.local_addr()?);
        let shared = Arc::new(Shared { room, buckets: Mutex::default() });
        shared.room.warmed.store(true, Ordering::Relaxed);
        let warmed = Arc::downgrade(&shared);
        std::thread::spawn(move || keep_warm(&warmed));
        accept(listener, routes(shared), stopped(), WAITS).await;
        Ok(())
    });
    // An answer that nobody waits for any more does not hold up the end.
    runtime.shutdown_background();
    done
}

/// Works out what takes long over the whole record before somebody asks for it: at the start, and when the store has changed. It
/// rests four times as long as it works, so that a store that is written to all the time does not keep a core busy.
fn keep_warm(shared: &Weak<Shared>) {
    while let Some(shared) = shared.upgrade() {
        let start = Instant::now();
        // Whoever asks next is told what is wrong.
        let _ = crate::derived::warm(&shared.room);
        drop(shared);
        std::thread::sleep(WARM.max(start.elapsed() * 4));
    }
}

/// Serves connections until `stop`; then no new ones, and those that are open end after the answer that is under way.
async fn accept(listener: tokio::net::TcpListener, app: Router, stop: impl Future<Output = ()>, waits: Waits) {
    let mut http = hyper::server::conn::http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(waits.head);
    let room_for = Arc::new(Semaphore::new(CONNECTIONS));
    let open = GracefulShutdown::new();
    tokio::pin!(stop);
    loop {
        let next = async {
            let seat = Arc::clone(&room_for).acquire_owned().await;
            (listener.accept().await, seat)
        };
        let (stream, from, seat) = tokio::select! {
            () = &mut stop => break,
            (accepted, seat) = next => match accepted {
                Ok((stream, from)) => (stream, from, seat),
                Err(_) => {
                    // Out of file handles or the like: the system needs a moment.
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
        };
        let app = app.clone();
        let service = hyper::service::service_fn(move |mut request: Request<hyper::body::Incoming>| {
            request.extensions_mut().insert(ConnectInfo(from));
            app.clone().oneshot(request.map(Body::new))
        });
        let connection = open.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // Whoever breaks off or is too slow has nobody to tell.
            let _ = connection.await;
            drop(seat);
        });
    }
    drop(listener);
    tokio::select! {
        () = open.shutdown() => {}
        () = tokio::time::sleep(waits.farewell) => {}
    }
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
        host: text(header::HOST),
        origin: text(header::ORIGIN),
        fetch_site: text(header::HeaderName::from_static("sec-fetch-site")),
        peer: from,
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

#[cfg(test)]
mod tests {
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::{TcpListener, TcpStream},
        sync::oneshot,
    };

    use super::*;

    /// A server that takes its time for an address such as `/500`, in milliseconds, and what stops it.
    async fn open(head: u64, farewell: u64) -> (SocketAddr, oneshot::Sender<()>, tokio::task::JoinHandle<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let at = listener.local_addr().expect("an address");
        let app = Router::new().fallback(|request: Request| async move {
            let late: u64 = request.uri().path().trim_start_matches('/').parse().unwrap_or(0);
            tokio::time::sleep(Duration::from_millis(late)).await;
            "well"
        });
        let (stop, stopped) = oneshot::channel::<()>();
        let waits = Waits { head: Duration::from_millis(head), farewell: Duration::from_millis(farewell) };
        let until = async {
            let _ = stopped.await;
        };
        let running = tokio::spawn(accept(listener, app, until, waits));
        (at, stop, running)
    }

    async fn send(at: SocketAddr, words: &str) -> TcpStream {
        let mut stream = TcpStream::connect(at).await.expect("a connection");
        stream.write_all(words.as_bytes()).await.expect("words");
        stream
    }

    async fn said(mut stream: TcpStream) -> String {
        let mut all = Vec::new();
        let _ = stream.read_to_end(&mut all).await;
        String::from_utf8_lossy(&all).into_owned()
    }

    #[tokio::test]
    async fn a_client_that_never_ends_its_head_is_let_go() {
        let (at, _stop, _running) = open(300, 1000).await;
        let slow = send(at, "GET / HTTP/1.1\r\nHost: x\r\n").await;
        let begun = Instant::now();
        tokio::time::timeout(Duration::from_secs(20), said(slow)).await.expect("the server lets go");
        assert!(begun.elapsed() >= Duration::from_millis(250), "{:?}", begun.elapsed());
    }

    #[tokio::test]
    async fn stopping_waits_for_answers_but_not_for_ever() {
        let (at, stop, running) = open(60_000, 3000).await;
        let soon = send(at, "GET /1000 HTTP/1.1\r\nHost: x\r\n\r\n").await;
        let _never = send(at, "GET /600000 HTTP/1.1\r\nHost: x\r\n\r\n").await;
        let _half = send(at, "GET /").await;
        tokio::time::sleep(Duration::from_millis(300)).await;
        stop.send(()).expect("the server runs");
        let answer = said(soon).await;
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("well"), "{answer}");
        tokio::time::timeout(Duration::from_secs(30), running).await.expect("in time").expect("the server ends");
        assert!(TcpStream::connect(at).await.is_err(), "nobody listens any more");
    }
}
