//! Talk to a character: `cargo run --example talk -- [--door grpc|websocket|rest] [--base URL] [--key KEY] [CHARACTER]`.
//! Type a line to say it, an empty one to interrupt. The connection may break: the conversation goes on.

use parley_client::proto::conversation::v1::{SessionStart, Tier, server_event::Event};
use parley_client::{Door, Parley, ParleyError};
use std::io::Write;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, BufReader};

fn option(name: &str, default: &str) -> String {
    let mut words = std::env::args().skip_while(|word| word != name).skip(1);
    words.next().unwrap_or_else(|| default.to_owned())
}

#[tokio::main]
async fn main() {
    if let Err(error) = talk().await {
        eprintln!("{error}");
        error.violations.iter().for_each(|violation| eprintln!("  {}: {}", violation.field, violation.description));
        std::process::exit(1);
    }
}

async fn talk() -> Result<(), ParleyError> {
    let parley = Parley::at(&option("--base", "http://localhost:8080"), &option("--key", ""))?;
    let door: Door = option("--door", "grpc").parse()?;
    let words: Vec<_> = std::env::args().collect();
    let character = words.last().filter(|_| words.len() % 2 == 0).map_or("ada", String::as_str);
    let tiers = vec![Tier::Text.into(), Tier::Audio.into()];
    let start = SessionStart { character_id: character.to_owned(), tiers, greet: true, ..Default::default() };
    let mut conversation = parley.converse(door, start).await?;
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    let (mut open, mut answering, mut ended) = (0, String::new(), false);
    // When the input was a file, the last answer is heard, for a minute at most.
    let mut limit = Duration::from_secs(3600);
    while !ended || open > 0 {
        tokio::select! {
            line = lines.next_line(), if !ended => match line {
                Ok(Some(line)) if line.trim().is_empty() => conversation.interrupt().await?,
                Ok(Some(line)) => {
                    conversation.say(line.trim()).await?;
                    open += 1;
                }
                _ => (ended, limit) = (true, Duration::from_secs(60)),
            },
            told = conversation.next(limit) => {
                let Some(told) = told? else { return Ok(()) };
                match told.event {
                    Some(Event::TurnStarted(turn)) if !turn.input_text.is_empty() => answering = told.turn_id,
                    Some(Event::WordSpoken(word)) => print!("{} ", word.word),
                    Some(Event::Citation(citation)) => print!("[{}] ", citation.title),
                    Some(Event::Interrupted(_)) => print!("-- "),
                    Some(Event::TurnCompleted(_)) => {
                        println!();
                        open -= i32::from(told.turn_id == answering);
                    }
                    Some(Event::Problem(problem)) => eprintln!("({})", problem.message),
                    _ => {}
                }
            }
        }
        std::io::stdout().flush().unwrap_or_default();
    }
    Ok(())
}
