//! Whether JSON is as a golden conversation expects; see clients/golden/README.md.

use regex::Regex;
use serde_json::Value;

pub fn fits(expected: &Value, actual: &Value) -> bool {
    matched(expected, actual, "").is_ok()
}

/// Fails with the first thing that differs, with value and expectation. What is absent is `Null`.
pub fn matched(expected: &Value, actual: &Value, path: &str) -> Result<(), String> {
    let check = |good: bool| if good { Ok(()) } else { Err(format!("{path}: {actual} (expected {expected})")) };
    match expected {
        Value::Object(fields) => {
            if let Some((name, operand)) = fields.iter().find(|(name, _)| name.starts_with('$')) {
                return check(operator(name, operand, actual));
            }
            check(actual.is_object())?;
            fields.iter().try_for_each(|(name, value)| matched(value, &actual[name], &format!("{path}.{name}")))
        }
        Value::Array(wanted) => {
            check(list(actual).len() == wanted.len())?;
            wanted.iter().enumerate().try_for_each(|(i, value)| matched(value, &actual[i], &format!("{path}[{i}]")))
        }
        _ => check(text(expected) == text(actual)),
    }
}

fn operator(name: &str, operand: &Value, actual: &Value) -> bool {
    let between = |value: f64| number(&operand[0]) <= value && value <= number(&operand[1]);
    match name {
        "$matches" => Regex::new(&text(operand)).is_ok_and(|wanted| wanted.is_match(&text(actual))),
        "$between" => between(number(actual)),
        "$size" => between(list(actual).len() as f64),
        "$has" => list(actual).iter().any(|element| fits(operand, element)),
        "$not" => !fits(operand, actual),
        "$some" => *operand == Value::Bool(!text(actual).is_empty()),
        _ => panic!("{name}: no such operator"),
    }
}

pub fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Numbers, numbers in strings and durations such as 1.5s; what is not there is 0.
pub fn number(value: &Value) -> f64 {
    if value.is_null() { 0.0 } else { text(value).trim_end_matches('s').parse().unwrap_or(f64::NAN) }
}

pub fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
