//! One connection to a session, through one door.

use crate::error::ParleyError;
use crate::proto::conversation::v1::conversation_service_client::ConversationServiceClient;
use crate::proto::conversation::v1::{ClientEvent, ServerEvent, SessionStart, client_event::Event};
use crate::rest::{RestDoor, RestUp};
use futures_util::{SinkExt, StreamExt};
use prost::Message as _;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_stream::wrappers::ReceiverStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Message};
use tonic::Code;
use tonic::service::interceptor::InterceptedService;
use tonic::transport::Channel;

const EVENTS_HELD: usize = 64;
const FIRST_PRIVATE_CODE: u16 = 4000;
const NORMAL: u16 = 1000;
const MAX_MESSAGE_BYTES: usize = 16 << 20;

/// An event, a good end, or why the stream failed. The channel is bounded: a slow client is felt by the server.
pub(crate) type Arrivals = mpsc::Sender<Result<Option<ServerEvent>, ParleyError>>;

/// Puts who calls into every gRPC call.
#[derive(Clone)]
pub struct Calling(pub(crate) Option<HeaderValue>);

impl tonic::service::Interceptor for Calling {
    fn call(&mut self, mut request: tonic::Request<()>) -> Result<tonic::Request<()>, tonic::Status> {
        if let Some(text) = self.0.as_ref().and_then(|value| value.to_str().ok()?.parse().ok()) {
            request.metadata_mut().insert("authorization", text);
        }
        Ok(request)
    }
}

/// The calls of ConversationService by gRPC.
pub type GrpcClient = ConversationServiceClient<InterceptedService<Channel, Calling>>;

enum Up {
    Queue(mpsc::Sender<ClientEvent>),
    Calls(RestUp),
}

/// Dropping it leaves at once, as a broken connection would.
pub(crate) struct Attachment {
    arrivals: mpsc::Receiver<Result<Option<ServerEvent>, ParleyError>>,
    up: Up,
    tasks: Vec<JoinHandle<()>>,
}

impl Drop for Attachment {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

fn starting(start: SessionStart) -> ClientEvent {
    ClientEvent { client_seq: 0, event: Some(Event::SessionStart(start)) }
}

impl Attachment {
    /// `Converse`, one stream in each direction.
    pub(crate) async fn grpc(mut client: GrpcClient, start: SessionStart) -> Result<Self, ParleyError> {
        let (up, queued) = mpsc::channel(EVENTS_HELD);
        let (down, arrivals) = mpsc::channel(EVENTS_HELD);
        up.send(starting(start)).await.map_err(ParleyError::unavailable)?;
        let reading = tokio::spawn(async move {
            let mut events = match client.converse(ReceiverStream::new(queued)).await {
                Ok(answer) => answer.into_inner(),
                Err(status) => return told(&down, Err(status.into())).await,
            };
            loop {
                let arrival = events.message().await.map_err(ParleyError::from);
                let over = !matches!(arrival, Ok(Some(_)));
                told(&down, arrival).await;
                if over {
                    return;
                }
            }
        });
        Ok(Self { arrivals, up: Up::Queue(up), tasks: vec![reading] })
    }

    /// One event a binary frame.
    pub(crate) async fn socket(base: &str, key: Option<HeaderValue>, start: SessionStart) -> Result<Self, ParleyError> {
        let address = format!("{}/v1/sessions:connect", base.replacen("http", "ws", 1));
        let mut request = address.into_client_request().map_err(ParleyError::unavailable)?;
        request.headers_mut().insert("sec-websocket-protocol", HeaderValue::from_static("parley.v1"));
        if let Some(key) = key {
            request.headers_mut().insert("authorization", key);
        }
        let (socket, _) = tokio_tungstenite::connect_async(request).await.map_err(ParleyError::unavailable)?;
        let (mut sink, mut frames) = socket.split();
        let (up, mut queued) = mpsc::channel::<ClientEvent>(EVENTS_HELD);
        let (down, arrivals) = mpsc::channel(EVENTS_HELD);
        up.send(starting(start)).await.map_err(ParleyError::unavailable)?;
        let writing = tokio::spawn(async move {
            while let Some(event) = queued.recv().await {
                if sink.send(Message::binary(event.encode_to_vec())).await.is_err() {
                    return; // The reader says why.
                }
            }
        });
        let reading = tokio::spawn(async move {
            loop {
                let arrival = match frames.next().await {
                    Some(Ok(Message::Binary(frame))) => ServerEvent::decode(frame).map(Some).map_err(ParleyError::unavailable),
                    Some(Ok(Message::Close(Some(end)))) => closed(&end),
                    Some(Ok(Message::Close(None))) | None => Err(ParleyError::unavailable("the socket broke")),
                    Some(Ok(_)) => continue,
                    Some(Err(broken)) => Err(ParleyError::unavailable(broken)),
                };
                let over = !matches!(arrival, Ok(Some(_)));
                told(&down, arrival).await;
                if over {
                    return;
                }
            }
        });
        Ok(Self { arrivals, up: Up::Queue(up), tasks: vec![writing, reading] })
    }

    /// `OpenSession`, `SendInput` and `Subscribe`.
    pub(crate) async fn rest(door: RestDoor, start: SessionStart) -> Result<Self, ParleyError> {
        let (down, arrivals) = mpsc::channel(EVENTS_HELD);
        let (up, reading) = door.attach(start, down).await?;
        Ok(Self { arrivals, up: Up::Calls(up), tasks: vec![reading] })
    }

    pub(crate) async fn next(&mut self, limit: Duration) -> Result<Option<ServerEvent>, ParleyError> {
        match tokio::time::timeout(limit, self.arrivals.recv()).await {
            Ok(Some(arrival)) => arrival,
            Ok(None) => Err(ParleyError::unavailable("the connection is closed")),
            Err(_) => Err(ParleyError::of(Code::DeadlineExceeded, "", format!("nothing came for {limit:?}"))),
        }
    }

    pub(crate) async fn send(&self, event: ClientEvent) -> Result<(), ParleyError> {
        match &self.up {
            Up::Queue(queue) => queue.send(event).await.map_err(ParleyError::unavailable),
            Up::Calls(calls) => calls.send(event).await,
        }
    }
}

async fn told(down: &Arrivals, arrival: Result<Option<ServerEvent>, ParleyError>) {
    down.send(arrival).await.unwrap_or_default(); // Nobody reads any more.
}

/// A failed conversation closes with 4000 + its code and `REASON: message`.
fn closed(end: &CloseFrame) -> Result<Option<ServerEvent>, ParleyError> {
    let code = u16::from(end.code);
    if code == NORMAL {
        return Ok(None);
    }
    if code > FIRST_PRIVATE_CODE {
        let (reason, message) = end.reason.split_once(": ").unwrap_or((&end.reason, &end.reason));
        return Err(ParleyError::of(Code::from_i32(i32::from(code - FIRST_PRIVATE_CODE)), reason, message));
    }
    Err(ParleyError::unavailable(format!("closed: {code} {}", end.reason)))
}

pub(crate) fn grpc_client(channel: Channel, key: Option<HeaderValue>) -> GrpcClient {
    ConversationServiceClient::with_interceptor(channel, Calling(key)).max_decoding_message_size(MAX_MESSAGE_BYTES)
}
