//! Where the server is and who calls.

use crate::attachment::{Attachment, Calling, GrpcClient, grpc_client};
use crate::conversation::Conversation;
use crate::error::ParleyError;
use crate::proto::conversation::v1::SessionStart;
use crate::rest::RestDoor;
use serde::{Serialize, de::DeserializeOwned};
use std::str::FromStr;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tonic::Code;
use tonic::service::interceptor::InterceptedService;
use tonic::transport::{Channel, Endpoint};

/// A way in. All of them lead to the same sessions, with the same numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    Grpc,
    WebSocket,
    Rest,
}

impl Door {
    /// All of them, as golden conversations name them.
    pub const NAMES: [&str; 3] = ["grpc", "websocket", "rest"];
}

impl FromStr for Door {
    type Err = ParleyError;

    fn from_str(name: &str) -> Result<Self, ParleyError> {
        match name {
            "grpc" => Ok(Self::Grpc),
            "websocket" => Ok(Self::WebSocket),
            "rest" => Ok(Self::Rest),
            _ => Err(ParleyError::of(Code::InvalidArgument, "", format!("door: {name} (expected one of {:?})", Self::NAMES))),
        }
    }
}

/// A server as one caller sees it. Cheap to clone; connections are made when they are needed.
#[derive(Clone)]
pub struct Parley {
    base: String,
    key: Option<HeaderValue>,
    channel: Channel,
    rest: RestDoor,
}

impl Parley {
    /// The server at an address such as `http://localhost:8080`. The credential is an API key (`pk_…`) or an access
    /// token; without one a server on this machine takes the caller as its owner. Needs a running tokio.
    pub fn at(base: &str, credential: &str) -> Result<Self, ParleyError> {
        let base = base.trim_end_matches('/').to_owned();
        let key = (!credential.is_empty()).then(|| HeaderValue::from_str(&format!("Bearer {credential}")));
        let key = key.transpose().map_err(|wrong| ParleyError::of(Code::InvalidArgument, "", format!("credential: {wrong}")))?;
        let channel = Endpoint::from_shared(base.clone()).map_err(ParleyError::unavailable)?.connect_lazy();
        let rest = RestDoor::new(&base, key.clone())?;
        Ok(Self { base, key, channel, rest })
    }

    /// For the generated clients of every service: `SomeServiceClient::new(parley.channel())`.
    pub fn channel(&self) -> impl Clone + tonic::client::GrpcService<tonic::body::Body> {
        InterceptedService::new(self.channel.clone(), Calling(self.key.clone()))
    }

    /// The calls of ConversationService by gRPC.
    pub fn conversations(&self) -> GrpcClient {
        grpc_client(self.channel.clone(), self.key.clone())
    }

    /// Talks to a character, or takes up a session where `start` has `resume`.
    pub async fn converse(&self, door: Door, start: SessionStart) -> Result<Conversation, ParleyError> {
        Conversation::open(self.clone(), door, start).await
    }

    pub(crate) async fn attach(&self, door: Door, start: SessionStart) -> Result<Attachment, ParleyError> {
        match door {
            Door::Grpc => Attachment::grpc(self.conversations(), start).await,
            Door::WebSocket => Attachment::socket(&self.base, self.key.clone(), start).await,
            Door::Rest => Attachment::rest(self.rest.clone(), start).await,
        }
    }

    /// A call by REST; `rule` is method and path, such as `GET /v1/turns/T`.
    pub async fn rest<Q: Serialize, S: DeserializeOwned>(&self, request: &Q, rule: &str) -> Result<S, ParleyError> {
        self.rest.call(request, rule).await
    }

    /// Plain HTTP, for media and whatever has no stub: status and body.
    pub async fn http(&self, verb: &str, path: &str, body: Option<String>) -> Result<(u16, Vec<u8>), ParleyError> {
        self.rest.http(verb, path, body).await
    }
}
