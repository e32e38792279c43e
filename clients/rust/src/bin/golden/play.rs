//! One golden conversation, played once through one door.

use crate::heard::Heard;
use crate::matching::{list, matched, number, text};
use parley_client::proto::conversation::v1::{AudioChunk, ClientEvent, EndOfInput, client_event::Event};
use parley_client::{Door, Parley, ParleyError};
use regex::{Captures, Regex};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::time::{Duration, Instant, SystemTime};

const CHUNK_BYTES: usize = 3200; // 100 ms of 16 kHz.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why a conversation is not as expected.
#[derive(Debug)]
pub enum Broken {
    Expected(String),
    Refused(ParleyError),
}

impl From<String> for Broken {
    fn from(why: String) -> Self {
        Self::Expected(why)
    }
}

impl From<ParleyError> for Broken {
    fn from(why: ParleyError) -> Self {
        Self::Refused(why)
    }
}

impl std::fmt::Display for Broken {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Expected(why) => write!(out, "{why}"),
            Self::Refused(why) => write!(out, "{why}"),
        }
    }
}

pub struct Play {
    parley: Parley,
    door: Door,
    file: PathBuf,
    script: Value,
    variables: BTreeMap<String, String>,
    heard: HashMap<String, Heard>,
}

impl Play {
    pub fn new(parley: Parley, door: Door, file: PathBuf, script: Value) -> Self {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let run = format!("{:x}", now.as_nanos());
        let variables = [("character".to_owned(), format!("golden-{run}")), ("run".to_owned(), run)].into();
        Self { parley, door, file, script, variables, heard: HashMap::new() }
    }

    pub async fn run(&mut self) -> Result<(), Broken> {
        let mut about = self.filled(&self.script["character"]);
        about["id"] = json!(self.variables["character"]);
        let (status, answer) = self.parley.http("POST", "/v1/characters", Some(json!({ "character": about }).to_string())).await?;
        if status != 200 {
            return Err(format!("no character: {}", String::from_utf8_lossy(&answer)).into());
        }
        for (i, step) in list(&self.script["steps"].clone()).iter().enumerate() {
            for (verb, content) in step.as_object().into_iter().flatten() {
                let filled = self.filled(content);
                self.step(verb, &filled).await.map_err(|why| format!("step {} ({verb}): {why}", i + 1))?;
            }
        }
        self.heard.values().try_for_each(Heard::rules)
    }

    pub async fn close(mut self) {
        self.heard.clear();
        let path = format!("/v1/characters/{}", self.variables["character"]);
        // A character that is left behind harms nobody.
        self.parley.http("DELETE", &path, None).await.map(drop).unwrap_or_default();
    }

    async fn step(&mut self, verb: &str, step: &Value) -> Result<(), Broken> {
        match verb {
            "open" => self.open(step).await,
            "send" => {
                let event = parse(&step["event"])?;
                Ok(self.on(step)?.conversation.send(event).await?)
            }
            "speak" => self.speak(step).await,
            "until" => {
                let event = self.on(step)?.until(step).await?;
                self.save(step, &event);
                Ok(())
            }
            "cut" => Ok(self.on(step)?.conversation.cut().await?),
            "close" => {
                self.on(step)?.conversation.close();
                Ok(())
            }
            "call" => self.call(step).await,
            "voice" => self.voice(step).await,
            "same" => self.same(step),
            _ => Err("no such step".to_owned().into()),
        }
    }

    fn on(&mut self, step: &Value) -> Result<&mut Heard, Broken> {
        let name = text(&step["on"]);
        self.heard.get_mut(&name).ok_or_else(|| format!("{name} was never opened").into())
    }

    fn filled(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => {
                let names = Regex::new(r"\$\{([^}]+)}").expect("a valid pattern");
                let known = |found: &Captures| self.variables.get(&found[1]).cloned().unwrap_or_default();
                Value::String(names.replace_all(text, known).into_owned())
            }
            Value::Array(inner) => inner.iter().map(|one| self.filled(one)).collect(),
            Value::Object(fields) => fields.iter().map(|(name, one)| (name.clone(), self.filled(one))).collect(),
            other => other.clone(),
        }
    }

    fn save(&mut self, step: &Value, from: &Value) {
        for (name, path) in step["save"].as_object().into_iter().flatten() {
            let value = text(path).split('.').fold(from, |at, part| &at[part]).clone();
            self.variables.insert(name.clone(), text(&value));
        }
    }

    async fn open(&mut self, step: &Value) -> Result<(), Broken> {
        let conversation = match self.parley.converse(self.door, parse(&step["start"])?).await {
            Ok(conversation) => conversation,
            Err(refused) => return as_refused(step, refused),
        };
        let mut one = Heard::new(conversation);
        loop {
            match one.next(PATIENCE).await {
                Ok(Some(told)) if told["sessionStarted"].is_null() => {}
                Ok(Some(_)) => break,
                Ok(None) => return Err("ended before it began".to_owned().into()),
                Err(Broken::Refused(refused)) => return as_refused(step, refused),
                Err(why) => return Err(why),
            }
        }
        let name = text(&step["as"]);
        let session = one.conversation.session().clone();
        self.heard.insert(name.clone(), one);
        for (part, value) in [("session", &session.session_id), ("token", &session.resume_token), ("client", &session.client_id)] {
            self.variables.insert(format!("{name}.{part}"), value.clone());
        }
        as_answered(step, &told(&session))
    }

    async fn speak(&mut self, step: &Value) -> Result<(), Broken> {
        let file = self.file.with_file_name(text(&step["wav"]));
        let wav = std::fs::read(&file).map_err(|why| format!("{}: {why}", file.display()))?;
        let conversation = &mut self.on(step)?.conversation;
        let mut beat = tokio::time::interval(Duration::from_millis(100));
        for data in wav[44..].chunks(CHUNK_BYTES) {
            beat.tick().await;
            let event = Some(Event::AudioChunk(AudioChunk { data: data.to_vec() }));
            conversation.send(ClientEvent { client_seq: 0, event }).await?;
        }
        Ok(conversation.send(ClientEvent { client_seq: 0, event: Some(Event::EndOfInput(EndOfInput {})) }).await?)
    }

    async fn call(&mut self, step: &Value) -> Result<(), Broken> {
        let end = Instant::now() + Duration::from_secs_f64(number(&step["within_s"]));
        loop {
            let outcome = self.call_once(step).await;
            if outcome.is_ok() || Instant::now() > end {
                return outcome;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    async fn call_once(&mut self, step: &Value) -> Result<(), Broken> {
        match self.calling(step).await {
            Ok(answer) => {
                as_answered(step, &answer)?;
                self.save(step, &answer);
                Ok(())
            }
            Err(Broken::Refused(refused)) => as_refused(step, refused),
            Err(why) => Err(why),
        }
    }

    /// The methods that golden conversations call, each by its own stub.
    async fn calling(&self, step: &Value) -> Result<Value, Broken> {
        use parley_client::proto::conversation::v1 as v1;
        macro_rules! methods {
            ($($name:literal $stub:ident $request:ident $response:ident;)*) => {
                match text(&step["method"]).as_str() {
                    $($name => {
                        let request: v1::$request = parse(&step["request"])?;
                        let answer: v1::$response = match self.door {
                            Door::Grpc => self.parley.conversations().$stub(request).await.map_err(ParleyError::from)?.into_inner(),
                            _ => self.parley.rest(&request, &text(&step["http"])).await?,
                        };
                        Ok(told(&answer))
                    })*
                    other => Err(format!("no method {other}").into()),
                }
            };
        }
        methods! {
            "OpenSession" open_session OpenSessionRequest OpenSessionResponse;
            "SendInput" send_input SendInputRequest SendInputResponse;
            "ListSessions" list_sessions ListSessionsRequest ListSessionsResponse;
            "GetSession" get_session GetSessionRequest GetSessionResponse;
            "DeleteSession" delete_session DeleteSessionRequest DeleteSessionResponse;
            "ListTurns" list_turns ListTurnsRequest ListTurnsResponse;
            "GetTurn" get_turn GetTurnRequest GetTurnResponse;
            "Respond" respond RespondRequest RespondResponse;
            "SubmitTurn" submit_turn SubmitTurnRequest SubmitTurnResponse;
            "CancelTurn" cancel_turn CancelTurnRequest CancelTurnResponse;
        }
    }

    async fn voice(&mut self, step: &Value) -> Result<(), Broken> {
        let turn = text(&step["turn"]);
        let told = self.on(step)?.voice(&turn);
        let (_, wav) = self.parley.http("GET", &format!("/v1/turns/{turn}/audio"), None).await?;
        let kept = wav.get(44..).unwrap_or_default();
        let same = told.len().min(kept.len());
        if told.len().abs_diff(kept.len()) > 2 || told[..same] != kept[..same] {
            return Err(format!("heard {} bytes of voice, kept are {}, or they differ", told.len(), kept.len()).into());
        }
        Ok(())
    }

    fn same(&self, step: &Value) -> Result<(), Broken> {
        let kinds = list(&step["kinds"]);
        let told = |name: &Value| -> Vec<&Value> {
            let all = self.heard[&text(name)].all.iter().map(|(_, json)| json);
            all.filter(|json| kinds.iter().any(|kind| !json[text(kind)].is_null())).collect()
        };
        let names = list(&step["as"]);
        let first = told(&names[0]);
        match names.iter().find(|name| first.is_empty() || told(name) != first) {
            Some(name) => Err(format!("{name} was told {} events, {} {}", told(name).len(), names[0], first.len()).into()),
            None => Ok(()),
        }
    }
}

fn parse<T: DeserializeOwned>(json: &Value) -> Result<T, Broken> {
    T::deserialize(json).map_err(|why| format!("{why} in {json}").into())
}

fn told<T: serde::Serialize>(message: &T) -> Value {
    serde_json::to_value(message).expect("messages of the contract print")
}

fn as_answered(step: &Value, answer: &Value) -> Result<(), Broken> {
    if !step["error"].is_null() {
        return Err(format!("answered, expected {}", step["error"]).into());
    }
    if step["answer"].is_null() { Ok(()) } else { Ok(matched(&step["answer"], answer, "answer")?) }
}

fn as_refused(step: &Value, refused: ParleyError) -> Result<(), Broken> {
    if step["error"].is_null() {
        return Err(refused.into());
    }
    let fields: Vec<_> = refused.violations.iter().map(|violation| &violation.field).collect();
    let said = json!({
        "code": code_name(refused.code), "reason": refused.reason, "message": refused.message, "fields": fields,
        "retryAfterS": refused.retry_after.map(|delay| delay.as_secs_f64()), "quotas": refused.quotas,
    });
    Ok(matched(&step["error"], &said, "error")?)
}

/// The canonical code as the contracts write it, such as NOT_FOUND.
fn code_name(code: tonic::Code) -> String {
    let name = format!("{code:?}");
    let spaced = name.char_indices().map(|(i, letter)| if i > 0 && letter.is_uppercase() { format!("_{letter}") } else { letter.to_string() });
    spaced.collect::<String>().to_uppercase()
}
