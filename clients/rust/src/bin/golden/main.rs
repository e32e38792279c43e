//! Plays golden conversations: `cargo run --bin golden -- --base http://localhost:8080 --folder ../golden
//! [--door grpc]... [--key pk_...] [--have quota]... [--jobs 4] [NAME...]`. Prints one line each; ends with 1 when
//! one failed.

mod heard;
mod matching;
mod play;

use futures_util::StreamExt;
use matching::{list, text};
use parley_client::{Door, Parley};
use play::Play;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

#[derive(Default)]
struct Asked {
    base: String,
    folder: PathBuf,
    key: String,
    doors: Vec<String>,
    have: Vec<String>,
    jobs: usize,
    names: Vec<String>,
}

fn asked() -> Asked {
    let (base, folder) = ("http://localhost:8080".to_owned(), PathBuf::from("../golden"));
    let mut asked = Asked { base, folder, jobs: 4, ..Default::default() };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().unwrap_or_default();
        match word.as_str() {
            "--base" => asked.base = value(),
            "--folder" => asked.folder = value().into(),
            "--key" => asked.key = value(),
            "--door" => asked.doors.push(value()),
            "--have" => asked.have.push(value()),
            "--jobs" => asked.jobs = value().parse().unwrap_or(4),
            _ => asked.names.push(word),
        }
    }
    asked
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|why| panic!("{}: {why}", folder.display()));
    let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "json"));
    files.sort();
    files
}

#[tokio::main]
async fn main() -> ExitCode {
    let asked = asked();
    let parley = Parley::at(&asked.base, &asked.key).unwrap_or_else(|why| panic!("{why}"));
    let mut plays = vec![];
    for file in files(&asked.folder) {
        let script: Value = serde_json::from_slice(&std::fs::read(&file).expect("a readable file")).expect("valid JSON");
        let name = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let doors: Vec<_> = list(&script["doors"]).iter().map(text).collect();
        for door in Door::NAMES {
            let offered = doors.is_empty() || doors.iter().any(|one| one == door);
            let wanted = asked.doors.is_empty() || asked.doors.iter().any(|one| one == door);
            if offered && wanted && (asked.names.is_empty() || asked.names.contains(&name)) {
                plays.push(outcome(&parley, door, name.clone(), file.clone(), script.clone(), &asked.have));
            }
        }
    }
    let (mut passed, mut failed, mut skipped) = (0, 0, 0);
    let mut lines = futures_util::stream::iter(plays).buffer_unordered(asked.jobs);
    while let Some(line) = lines.next().await {
        println!("{line}");
        match &line[..4] {
            "FAIL" => failed += 1,
            "skip" => skipped += 1,
            _ => passed += 1,
        }
    }
    println!("{passed} passed, {failed} failed, {skipped} skipped");
    if failed > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

async fn outcome(parley: &Parley, door: &str, name: String, file: PathBuf, script: Value, have: &[String]) -> String {
    let what = format!("{name:<20} {door:<10}");
    if let Some(need) = list(&script["needs"]).iter().map(text).find(|need| !have.contains(need)) {
        return format!("skip {what} needs {need}");
    }
    let begin = Instant::now();
    let mut play = Play::new(parley.clone(), door.parse().expect("a door of ours"), file, script);
    let outcome = play.run().await;
    play.close().await;
    match outcome {
        Ok(()) => format!("ok   {what} {:.1} s", begin.elapsed().as_secs_f64()),
        Err(why) => format!("FAIL {what} {why}"),
    }
}
