//! A conversation that outlives its connections.

use crate::attachment::Attachment;
use crate::error::ParleyError;
use crate::parley::{Door, Parley};
use crate::proto::conversation::v1::{
    ClientEvent, Interrupt, Resume, ServerEvent, SessionStart, SessionStarted, TextInput, client_event::Event, server_event,
};
use std::time::Duration;

const TRIES: u32 = 9;
const FIRST_WAIT: Duration = Duration::from_millis(50);
const LONGEST_WAIT: Duration = Duration::from_secs(2);

/// When a connection breaks, attaches again after the last number it has, and sends again what the server had not
/// taken: nothing is lost, nothing comes twice.
pub struct Conversation {
    parley: Parley,
    door: Door,
    start: SessionStart,
    attachment: Option<Attachment>,
    session: SessionStarted,
    last_seq: i64,
    client_seq: i64,
    untaken: Vec<ClientEvent>,
}

impl Conversation {
    pub(crate) async fn open(parley: Parley, door: Door, start: SessionStart) -> Result<Self, ParleyError> {
        let attachment = Some(parley.attach(door, start.clone()).await?);
        let Resume { session_id, resume_token, after_seq } = start.resume.clone().unwrap_or_default();
        let session = SessionStarted { session_id, resume_token, client_id: start.client_id.clone(), ..Default::default() };
        Ok(Self { parley, door, start, attachment, session, last_seq: after_seq, client_seq: 0, untaken: vec![] })
    }

    /// The session as last told; the start of it comes as the first event.
    pub fn session(&self) -> &SessionStarted {
        &self.session
    }

    /// The last number received; what a later `resume` goes on after.
    pub fn last_seq(&self) -> i64 {
        self.last_seq
    }

    /// The next event; `None` when the session is over. Fails with DEADLINE_EXCEEDED when nothing came for so long,
    /// else with why the conversation cannot go on.
    pub async fn next(&mut self, limit: Duration) -> Result<Option<ServerEvent>, ParleyError> {
        loop {
            let arrival = match &mut self.attachment {
                Some(attachment) => attachment.next(limit).await,
                None => Err(ParleyError::unavailable("this conversation was left")),
            };
            match arrival {
                Ok(event) => {
                    event.iter().for_each(|event| self.take(event));
                    return Ok(event);
                }
                Err(broken) if broken.resumable() => self.come_back(broken).await?,
                Err(refused) => return Err(refused),
            }
        }
    }

    fn take(&mut self, event: &ServerEvent) {
        self.last_seq = self.last_seq.max(event.seq);
        match &event.event {
            Some(server_event::Event::SessionStarted(told)) => {
                let known = std::mem::replace(&mut self.session, told.clone());
                if told.resume_token.is_empty() {
                    self.session.resume_token = known.resume_token; // A watcher is not told it again.
                }
                self.taken(told.taken_client_seq);
            }
            Some(server_event::Event::Heartbeat(beat)) => self.taken(beat.taken_client_seq),
            _ => {}
        }
    }

    fn taken(&mut self, highest: i64) {
        self.client_seq = self.client_seq.max(highest);
        self.untaken.retain(|event| event.client_seq > highest);
    }

    async fn come_back(&mut self, mut broken: ParleyError) -> Result<(), ParleyError> {
        self.attachment = None;
        for tried in 0..TRIES {
            tokio::time::sleep(LONGEST_WAIT.min(FIRST_WAIT * 2_u32.pow(tried))).await;
            match self.again().await {
                Ok(attachment) => {
                    self.attachment = Some(attachment);
                    return Ok(());
                }
                Err(refused) if !refused.resumable() => return Err(refused),
                Err(again) => broken = again,
            }
        }
        Err(broken)
    }

    async fn again(&self) -> Result<Attachment, ParleyError> {
        let mut start = self.start.clone();
        if !self.session.session_id.is_empty() {
            let (session_id, resume_token) = (self.session.session_id.clone(), self.session.resume_token.clone());
            start.resume = Some(Resume { session_id, resume_token, after_seq: self.last_seq });
            start.client_id = self.session.client_id.clone();
            start.character_id.clear();
            start.greet = false;
        }
        let attachment = self.parley.attach(self.door, start).await?;
        for event in &self.untaken {
            attachment.send(event.clone()).await?;
        }
        Ok(attachment)
    }

    /// Sends; an event that must arrive and has no `client_seq` gets the next one.
    pub async fn send(&mut self, mut event: ClientEvent) -> Result<(), ParleyError> {
        if event.client_seq == 0 && counted(&event) {
            event.client_seq = self.client_seq + 1;
        }
        if event.client_seq > 0 {
            self.client_seq = self.client_seq.max(event.client_seq);
            self.untaken.push(event.clone());
        }
        let Some(attachment) = &self.attachment else { return Ok(()) };
        match attachment.send(event).await {
            Err(refused) if !refused.resumable() => {
                self.untaken.pop();
                Err(refused)
            }
            _ => Ok(()), // What broke is found by the reader, who comes back and sends it again.
        }
    }

    /// Says something by keyboard.
    pub async fn say(&mut self, text: &str) -> Result<(), ParleyError> {
        self.send(ClientEvent { client_seq: 0, event: Some(Event::TextInput(TextInput { text: text.to_owned() })) }).await
    }

    /// Stops the character where the last `PlaybackAck`, or what was delivered, says.
    pub async fn interrupt(&mut self) -> Result<(), ParleyError> {
        self.send(ClientEvent { client_seq: 0, event: Some(Event::Interrupt(Interrupt::default())) }).await
    }

    /// Breaks the connection, as a network would, and comes back.
    pub async fn cut(&mut self) -> Result<(), ParleyError> {
        self.come_back(ParleyError::unavailable("the connection was cut")).await
    }

    /// Leaves; the session lives on for whoever comes back.
    pub fn close(&mut self) {
        self.attachment = None;
    }
}

fn counted(event: &ClientEvent) -> bool {
    use Event::{EndOfInput, EndSession, Interrupt, TextInput, ToolResult};
    matches!(event.event, Some(TextInput(_) | EndOfInput(_) | Interrupt(_) | ToolResult(_) | EndSession(_)))
}
