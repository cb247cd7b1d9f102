//! The server's end of the socket.

use std::{io, path::Path, sync::Arc};

use nix::unistd::Uid;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{UnixListener, UnixStream},
    sync::watch,
};

use super::{Request, Response, act};
use crate::{
    commands::backup::forget_snapshots,
    data::{DataFolder, KeyFolder},
    host::user_name,
    running::HostApp,
};

/// The longest line that is read.
const LONGEST_LINE: u64 = 4 * 1024 * 1024;

/// How the names of received files begin.
const SPOOL: &str = "received-";

/// Answers commands until the server stops.
pub async fn serve(
    app: Arc<HostApp>,
    keys: Arc<KeyFolder>,
    folder: Arc<DataFolder>,
    mut stop: watch::Receiver<bool>,
) -> io::Result<()> {
    let path = folder.socket();
    // The folder's lock is held, so a socket that is there belongs to a server that died.
    let _ = std::fs::remove_file(&path);
    forget_spools(&folder)?;
    forget_snapshots(folder.path())?;
    let listener = UnixListener::bind(&path)?;
    restrict(&path)?;
    loop {
        tokio::select! {
            _ = stop.changed() => break,
            accepted = listener.accept() => {
                let Ok((stream, _)) = accepted else { continue };
                let (app, keys, folder) = (app.clone(), keys.clone(), folder.clone());
                tokio::spawn(async move {
                    if let Err(error) = answer(&app, &keys, &folder, stream).await {
                        tracing::warn!(event = "control.failed", %error, "a command was not answered");
                    }
                });
            }
        }
    }
    let _ = std::fs::remove_file(&path);
    Ok(())
}

/// Removes files of joiners that a server had received when it died.
fn forget_spools(folder: &DataFolder) -> io::Result<()> {
    for file in std::fs::read_dir(folder.path())? {
        let file = file?;
        let name = file.file_name();
        if name.to_str().is_some_and(|name| name.starts_with(SPOOL)) {
            std::fs::remove_file(file.path())?;
        }
    }
    Ok(())
}

fn restrict(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))
}

async fn answer(
    app: &HostApp,
    keys: &KeyFolder,
    folder: &DataFolder,
    stream: UnixStream,
) -> io::Result<()> {
    let peer = stream.peer_cred()?.uid();
    // The socket's mode says the same, but a folder can be copied, mounted or shared with other modes.
    if peer != 0 && peer != Uid::effective().as_raw() {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let host = user_name(peer);
    let mut stream = BufReader::new(stream);
    loop {
        let mut line = String::new();
        if (&mut stream).take(LONGEST_LINE).read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let response = match serde_json::from_str::<Request>(&line) {
            Err(error) => Response::Refused(format!("this server does not know that: {error}")),
            Ok(request) => match request.following() {
                Some(file) if file.bytes > file.most => {
                    // What follows is not read, and so nothing after it.
                    return say(&mut stream, &Response::Refused("the file is too large".into()))
                        .await;
                }
                Some(file) => {
                    let spool = folder.path().join(format!("{SPOOL}{}", unique(app)));
                    let received = receive(&mut stream, &spool, file.bytes).await;
                    let response = match received {
                        Ok(()) => act(app, keys, &host, request, Some(&spool)).await,
                        Err(error) => {
                            Response::Refused(format!("the file was not received: {error}"))
                        }
                    };
                    let _ = std::fs::remove_file(&spool);
                    response
                }
                None => act(app, keys, &host, request, None).await,
            },
        };
        say(&mut stream, &response).await?;
    }
}

async fn say(stream: &mut BufReader<UnixStream>, response: &Response) -> io::Result<()> {
    let mut json = serde_json::to_vec(response)?;
    json.push(b'\n');
    stream.get_mut().write_all(&json).await
}

fn unique(app: &HostApp) -> String {
    app.entropy().bytes::<8>().map(|byte| format!("{byte:02x}")).concat()
}

async fn receive(stream: &mut BufReader<UnixStream>, spool: &Path, bytes: u64) -> io::Result<()> {
    let file =
        tokio::fs::OpenOptions::new().create_new(true).write(true).mode(0o600).open(spool).await?;
    let mut file = tokio::io::BufWriter::new(file);
    let copied = tokio::io::copy(&mut stream.take(bytes), &mut file).await?;
    file.flush().await?;
    if copied == bytes { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}
