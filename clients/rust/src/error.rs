//! What Parley refused or could not do.

use serde_json::Value;
use std::fmt;
use std::time::Duration;
use tonic::{Code, Status};
use tonic_types::StatusExt;

/// A field that broke a rule of the contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    pub field: String,
    pub description: String,
}

/// A canonical code, one reason, and what helps to mend it.
#[derive(Debug, Clone)]
pub struct ParleyError {
    pub code: Code,
    /// A name of `parley.type.v1.Reason` without its prefix; empty when the server said none.
    pub reason: String,
    pub message: String,
    pub violations: Vec<Violation>,
    /// After how long it is worth trying again.
    pub retry_after: Option<Duration>,
    /// Subjects of the quotas that are used up.
    pub quotas: Vec<String>,
}

impl ParleyError {
    pub(crate) fn of(code: Code, reason: &str, message: impl Into<String>) -> Self {
        let (reason, message) = (reason.to_owned(), message.into());
        Self { code, reason, message, violations: vec![], retry_after: None, quotas: vec![] }
    }

    /// A failure of the way itself.
    pub(crate) fn unavailable(cause: impl fmt::Display) -> Self {
        Self::of(Code::Unavailable, "", cause.to_string())
    }

    /// Whether the conversation may be taken up again: a proxy that cuts says INTERNAL.
    pub fn resumable(&self) -> bool {
        self.code == Code::Unavailable || (self.code == Code::Internal && self.reason.is_empty())
    }

    /// What a body of `google.rpc.Status` in JSON says; `None` when it says that all is well.
    pub(crate) fn from_json(http: u16, body: &str) -> Option<Self> {
        let Ok(said) = serde_json::from_str::<Value>(body) else {
            return Some(Self::unavailable(format!("HTTP {http} {body:.200}")));
        };
        let code = Code::from_i32(said["code"].as_i64().unwrap_or(0) as i32);
        let mut error = Self::of(code, "", text(&said["message"]));
        for detail in said["details"].as_array().into_iter().flatten() {
            error.detail(detail);
        }
        (code != Code::Ok).then_some(error)
    }

    fn detail(&mut self, detail: &Value) {
        let kind = detail["@type"].as_str().and_then(|name| name.rsplit('.').next()).unwrap_or("");
        let violations = detail["violations"].as_array().or(detail["fieldViolations"].as_array());
        match kind {
            "ErrorInfo" => self.reason = text(&detail["reason"]),
            "BadRequest" => {
                let fields = violations.into_iter().flatten();
                self.violations = fields
                    .map(|v| Violation { field: text(&v["field"]), description: text(&v["description"]) })
                    .collect();
            }
            "RetryInfo" => {
                let seconds = text(&detail["retryDelay"]).trim_end_matches('s').parse().ok();
                self.retry_after = seconds.map(Duration::from_secs_f64);
            }
            "QuotaFailure" => self.quotas = violations.into_iter().flatten().map(|v| text(&v["subject"])).collect(),
            _ => {} // A detail of a kind that this client does not know.
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or("").to_owned()
}

impl From<Status> for ParleyError {
    fn from(status: Status) -> Self {
        let details = status.get_error_details();
        let mut error = Self::of(status.code(), "", status.message());
        error.reason = details.error_info().map(|info| info.reason.clone()).unwrap_or_default();
        if let Some(bad) = details.bad_request() {
            let fields = bad.field_violations.iter();
            error.violations = fields
                .map(|v| Violation { field: v.field.clone(), description: v.description.clone() })
                .collect();
        }
        error.retry_after = details.retry_info().and_then(|info| info.retry_delay);
        if let Some(quota) = details.quota_failure() {
            error.quotas = quota.violations.iter().map(|v| v.subject.clone()).collect();
        }
        error
    }
}

impl fmt::Display for ParleyError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:?} {}: {}", self.code, self.reason, self.message)
    }
}

impl std::error::Error for ParleyError {}
