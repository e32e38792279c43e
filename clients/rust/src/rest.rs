//! JSON up, server-sent events down.

use crate::attachment::Arrivals;
use crate::error::ParleyError;
use crate::proto::conversation::v1::{
    ClientEvent, OpenSessionRequest, OpenSessionResponse, SendInputRequest, SendInputResponse, ServerEvent, SessionStart, Tier,
    server_event::Event,
};
use futures_util::StreamExt;
use reqwest::header::{HeaderMap, HeaderValue};
use serde::{Serialize, de::DeserializeOwned};
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::task::JoinHandle;
use tonic::Code;

#[derive(Clone)]
pub(crate) struct RestDoor {
    base: String,
    http: reqwest::Client,
}

impl RestDoor {
    pub(crate) fn new(base: &str, key: Option<HeaderValue>) -> Result<Self, ParleyError> {
        let headers: HeaderMap = key.into_iter().map(|value| (reqwest::header::AUTHORIZATION, value)).collect();
        let http = reqwest::Client::builder().default_headers(headers).no_proxy().build();
        Ok(Self { base: base.to_owned(), http: http.map_err(ParleyError::unavailable)? })
    }

    async fn begin(&self, verb: &str, path: &str, body: Option<String>) -> Result<reqwest::Response, ParleyError> {
        let method = reqwest::Method::from_bytes(verb.as_bytes()).map_err(ParleyError::unavailable)?;
        let mut request = self.http.request(method, format!("{}{path}", self.base));
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body);
        }
        request.send().await.map_err(ParleyError::unavailable)
    }

    /// One whole answer: status and body.
    pub(crate) async fn http(&self, verb: &str, path: &str, body: Option<String>) -> Result<(u16, Vec<u8>), ParleyError> {
        let answer = self.begin(verb, path, body).await?;
        let status = answer.status().as_u16();
        Ok((status, answer.bytes().await.map_err(ParleyError::unavailable)?.to_vec()))
    }

    /// `rule` is method and path as REST has it, such as `GET /v1/turns/T?x=y`.
    pub(crate) async fn call<Q: Serialize, S: DeserializeOwned>(&self, request: &Q, rule: &str) -> Result<S, ParleyError> {
        let (verb, path) = rule.split_once(' ').unwrap_or(("GET", rule));
        let sent = matches!(verb, "POST" | "PATCH");
        let body = sent.then(|| serde_json::to_string(request)).transpose();
        let (status, answer) = self.http(verb, path, body.map_err(not_the_contract)?).await?;
        let text = String::from_utf8_lossy(&answer);
        match ParleyError::from_json(status, &text) {
            Some(failure) if status != 200 => Err(failure),
            _ => serde_json::from_str(&text).map_err(not_the_contract),
        }
    }

    pub(crate) async fn attach(self, start: SessionStart, down: Arrivals) -> Result<(RestUp, JoinHandle<()>), ParleyError> {
        let tiers: Vec<_> = start.tiers().map(|tier: Tier| tier.as_str_name()).collect();
        let told = start.resume.is_none();
        let (session, client, after) = match &start.resume {
            Some(resume) => (resume.session_id.clone(), start.client_id.clone(), resume.after_seq),
            None => self.open(start, &down).await?,
        };
        let mut path = format!("/v1/sessions/{session}:subscribe?after_seq={after}&tiers={}", tiers.join(","));
        if !client.is_empty() {
            path += &format!("&client_id={client}");
        }
        let answer = self.begin("GET", &path, None).await?;
        if answer.status() != 200 {
            let status = answer.status().as_u16();
            let said = answer.text().await.unwrap_or_default();
            return Err(ParleyError::from_json(status, &said).unwrap_or_else(|| ParleyError::unavailable(said)));
        }
        let reading = tokio::spawn(read(answer, told, down));
        Ok((RestUp { door: self, session, client }, reading))
    }

    async fn open(&self, start: SessionStart, down: &Arrivals) -> Result<(String, String, i64), ParleyError> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_err(ParleyError::unavailable)?;
        let request_id = format!("{:p}-{}", down, now.as_nanos());
        let request = OpenSessionRequest { start: Some(start), request_id };
        let opened: OpenSessionResponse = self.call(&request, "POST /v1/sessions").await?;
        let started = opened.started.unwrap_or_default();
        let ids = (started.session_id.clone(), started.client_id.clone(), opened.seq);
        let event = ServerEvent { seq: opened.seq, event: Some(Event::SessionStarted(started)), ..Default::default() };
        down.send(Ok(Some(event))).await.map_err(ParleyError::unavailable)?;
        Ok(ids)
    }
}

fn not_the_contract(cause: serde_json::Error) -> ParleyError {
    ParleyError::of(Code::Internal, "", cause.to_string())
}

/// Lines of `event:` and `data:`; `event: status` is the last of a stream.
async fn read(answer: reqwest::Response, told: bool, down: Arrivals) {
    let mut bytes = answer.bytes_stream();
    let mut rest = Vec::new();
    let mut over = false;
    while let Some(Ok(part)) = bytes.next().await {
        rest.extend_from_slice(&part);
        while let Some(end) = rest.iter().position(|&byte| byte == b'\n') {
            let line = String::from_utf8_lossy(&rest[..end]).into_owned();
            rest.drain(..=end);
            over |= line == "event: status";
            let Some(data) = line.strip_prefix("data: ") else { continue };
            let arrival = match over {
                true => ParleyError::from_json(200, data).map_or(Ok(None), Err),
                false => serde_json::from_str(data).map(Some).map_err(not_the_contract),
            };
            // The start is told once: by the opening call, or by the stream.
            let again = told && matches!(&arrival, Ok(Some(ServerEvent { event: Some(Event::SessionStarted(_)), .. })));
            if !again && (down.send(arrival).await.is_err() || over) {
                return;
            }
        }
    }
    let broken = ParleyError::unavailable("the stream broke");
    down.send(Err(broken)).await.unwrap_or_default(); // Nobody reads any more.
}

/// What a client says into a session.
pub(crate) struct RestUp {
    door: RestDoor,
    session: String,
    client: String,
}

impl RestUp {
    pub(crate) async fn send(&self, event: ClientEvent) -> Result<(), ParleyError> {
        let rule = format!("POST /v1/sessions/{}:send", self.session);
        let (session_id, client_id) = (self.session.clone(), self.client.clone());
        let request = SendInputRequest { session_id, client_id, events: vec![event] };
        self.door.call::<_, SendInputResponse>(&request, &rule).await.map(|_| ())
    }
}
