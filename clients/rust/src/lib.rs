//! Talks to Parley: [`Parley`] says where it is and who calls, [`Conversation`] talks and comes back when its
//! connection breaks, [`ParleyError`] says what failed and why.

mod attachment;
mod conversation;
mod error;
mod parley;
mod rest;

pub use attachment::{Calling, GrpcClient};
pub use conversation::Conversation;
pub use error::{ParleyError, Violation};
pub use parley::{Door, Parley};

/// What the contracts take from Google's.
#[doc(hidden)]
pub mod google {
    pub mod api {
        tonic::include_proto!("google.api");
    }
}

/// Messages and stubs of the contracts, with their JSON form.
pub mod proto {
    macro_rules! package {
        ($name:literal) => {
            tonic::include_proto!($name);
            include!(concat!(env!("OUT_DIR"), "/", $name, ".serde.rs"));
        };
    }

    pub mod character {
        pub mod v1 {
            package!("parley.character.v1");
        }
    }
    pub mod conversation {
        pub mod v1 {
            package!("parley.conversation.v1");
        }
    }
    pub mod document {
        pub mod v1 {
            package!("parley.document.v1");
        }
    }
    pub mod identity {
        pub mod v1 {
            package!("parley.identity.v1");
        }
    }
    pub mod memory {
        pub mod v1 {
            package!("parley.memory.v1");
        }
    }
    pub mod render {
        pub mod v1 {
            package!("parley.render.v1");
        }
    }
    pub mod speech {
        pub mod v1 {
            package!("parley.speech.v1");
        }
    }
    pub mod r#type {
        pub mod v1 {
            package!("parley.r#type.v1");
        }
    }
}
