//! What all pages share: whom they speak to, the frame around them, pictures of links.

mod qr;
mod reader;
mod show;

pub use qr::QrCode;
pub use reader::Reader;
pub use show::show;
