//! A conversation and all that was heard of it.

use crate::matching::{fits, list, matched, number};
use crate::play::Broken;
use parley_client::Conversation;
use parley_client::proto::conversation::v1::{ServerEvent, server_event::Event};
use serde_json::Value;
use std::collections::HashMap;
use std::time::{Duration, Instant};

pub struct Heard {
    pub conversation: Conversation,
    pub all: Vec<(ServerEvent, Value)>,
    judged: usize,
}

impl Heard {
    pub fn new(conversation: Conversation) -> Self {
        Self { conversation, all: vec![], judged: 0 }
    }

    /// The next event in JSON; `None` at the end of the session.
    pub async fn next(&mut self, limit: Duration) -> Result<Option<Value>, Broken> {
        let Some(event) = self.conversation.next(limit).await? else { return Ok(None) };
        let json = serde_json::to_value(&event).expect("messages of the contract print");
        self.all.push((event, json.clone()));
        Ok(Some(json))
    }

    /// Reads up to the event that a step waits for, judges what came, and gives that event.
    pub async fn until(&mut self, step: &Value) -> Result<Value, Broken> {
        let within = if step["within_s"].is_null() { 30.0 } else { number(&step["within_s"]) };
        let (limit, wanted) = (Duration::from_secs_f64(within), &step["event"]);
        let end = Instant::now() + limit;
        while Instant::now() < end {
            let json = self.next(limit).await?.ok_or_else(|| format!("the session ended before {wanted}"))?;
            if fits(wanted, &json) {
                self.judge(step)?;
                return Ok(json);
            }
            if !json["turnCompleted"].is_null() && !wanted["turnCompleted"].is_null() && wanted["turnId"].is_null() {
                matched(wanted, &json, "event")?;
            }
            tokio::time::sleep(Duration::from_millis(number(&step["slowly_ms"]) as u64)).await;
        }
        Err(format!("never came: {wanted}").into())
    }

    fn judge(&mut self, step: &Value) -> Result<(), Broken> {
        let came: Vec<_> = self.all[self.judged..].iter().map(|(_, json)| json).collect();
        self.judged = self.all.len();
        let mut left = came.iter();
        for wanted in list(&step["see"]) {
            if !left.any(|json| fits(wanted, json)) {
                return Err(format!("not seen, or not in this order: {wanted}").into());
            }
        }
        for unwanted in list(&step["never"]) {
            if let Some(json) = came.iter().find(|json| fits(unwanted, json)) {
                return Err(format!("came, but never should: {json}").into());
            }
        }
        if !step["text"].is_null() {
            let text: String = came.iter().filter_map(|json| json["textDelta"]["text"].as_str()).collect();
            matched(&step["text"], &Value::String(text), "text")?;
        }
        Ok(())
    }

    /// What holds for every conversation, however often its connection broke.
    pub fn rules(&self) -> Result<(), Broken> {
        let mut last = 0;
        let (mut voice, mut words) = (HashMap::new(), HashMap::new());
        for (event, _) in &self.all {
            if event.seq > 0 && event.seq <= last {
                return Err(format!("rule: seq {} came after {last}", event.seq).into());
            }
            last = last.max(event.seq);
            let at = event.media_time_us.unwrap_or(0);
            match &event.event {
                Some(Event::AudioDelta(delta)) => {
                    let due = *voice.get(&event.turn_id).unwrap_or(&at);
                    if at != due {
                        return Err(format!("rule: voice at {at} us (expected {due})").into());
                    }
                    voice.insert(event.turn_id.clone(), at + delta.duration_us);
                }
                Some(Event::WordSpoken(word)) => {
                    let start = word.span.map_or(0, |span| span.start_us);
                    if start < words.insert(event.turn_id.clone(), start).unwrap_or(0) {
                        return Err(format!("rule: word at {start} us came late").into());
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The sound of a turn.
    pub fn voice(&self, turn: &str) -> Vec<u8> {
        let sounds = self.all.iter().filter(|(event, _)| event.turn_id == turn);
        sounds
            .filter_map(|(event, _)| match &event.event {
                Some(Event::AudioDelta(delta)) => Some(delta.data.clone()),
                _ => None,
            })
            .flatten()
            .collect()
    }
}
