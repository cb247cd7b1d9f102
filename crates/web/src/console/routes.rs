//! Every endpoint of the console's origin.

use axum::{
    Router,
    routing::{get, options, post},
};
use firstkey_app::Backend;

use super::{
    acts, clearance, enrollments, export, figures, live, log, machine_keys, me, models, notice,
    people, sign_in, start, waiting,
};
use crate::Web;

macro_rules! endpoints {
    ($($method:ident $path:literal => $($handler:ident)::+;)+) => {
        /// Every endpoint: its method and its address. A test asks each as everybody there is, and fails
        /// when one is missing from its table.
        pub const ENDPOINTS: &[(&str, &str)] = &[$((stringify!($method), $path),)+];

        /// Routes of the console's origin.
        pub(crate) fn routes<S: Backend>(web: &Web<S>) -> Router {
            Router::new()
                $(.route($path, $method($($handler)::+::<S>)))+
                .with_state(web.clone())
        }
    };
}

endpoints! {
    // Anybody.
    get "/sign-in" => sign_in::page::page;
    post "/sign-in/options" => sign_in::options::options;
    post "/sign-in" => sign_in::finish::finish;
    options "/clearance" => clearance::options;
    post "/clearance" => clearance::post;
    get "/notice/{token}" => notice::page::page;
    post "/notice/{token}" => notice::suspend::suspend;
    get "/log/{*path}" => log::serve;

    // Whoever is signed in, about themselves.
    get "/" => start::page;
    post "/sign-out" => sign_in::sign_out::sign_out;
    post "/sign-out-everywhere" => sign_in::sign_out_everywhere::sign_out_everywhere;
    get "/me" => me::page::page;
    get "/models/{aaguid}/icon.png" => models::icon;
    post "/me/authenticators" => me::add::add;
    get "/me/adding" => me::adding::page;
    post "/me/authenticators/{id}/name" => me::name::name;
    get "/me/authenticators/{id}/remove" => me::remove::page;
    post "/me/authenticators/{id}/remove/options" => me::remove::options;
    post "/me/authenticators/{id}/remove" => me::remove::remove;

    // Whoever may vouch.
    get "/waiting" => waiting::list::list;
    get "/waiting/{enrollment}" => waiting::page::page;
    post "/waiting/{enrollment}/code" => waiting::code::code;
    post "/waiting/{enrollment}/approve" => waiting::approve::approve;
    get "/waiting/{enrollment}/handover" => waiting::handover::page;
    get "/waiting/{enrollment}/handover/address" => waiting::handover::address;
    get "/waiting/{enrollment}/refuse" => waiting::refuse::page;
    post "/waiting/{enrollment}/refuse" => waiting::refuse::refuse;

    // Whoever policy lets.
    get "/people" => people::list::list;
    post "/people" => people::review::review;
    get "/people/new" => people::new::page;
    post "/people/options" => people::add::options;
    post "/people/add" => people::add::add;
    get "/people/{id}" => people::page::page;
    get "/people/{id}/record" => people::correct::page;
    post "/people/{id}/record" => people::correct::review;
    post "/people/{id}/record/options" => people::correct::options;
    post "/people/{id}/record/correct" => people::correct::correct;
    post "/people/{id}/enrollments" => people::open::open;
    post "/people/{id}/leave" => people::leave::leave;
    post "/people/{id}/authenticators/stop/options" => people::stop::options;
    post "/people/{id}/authenticators/stop" => people::stop::stop;
    post "/people/{id}/roles/options" => people::role::options;
    post "/people/{id}/roles" => people::role::grant;
    get "/enrollments" => enrollments::list::list;
    get "/enrollments/{id}" => enrollments::page::page;
    post "/enrollments/{id}/reinvite" => enrollments::reinvite::reinvite;
    post "/enrollments/{id}/withdraw" => enrollments::withdraw::withdraw;
    get "/live" => live::live;
    post "/people/export" => export::people;
    post "/enrollments/export" => export::enrollments;
    get "/overview" => figures::overview::page;
    get "/open" => figures::open::page;
    get "/outbox" => figures::outbox::page;
    post "/outbox/{id}/replay" => figures::replay::replay;
    get "/machine-keys" => machine_keys::page::page;
    post "/machine-keys/options" => machine_keys::register::options;
    post "/machine-keys" => machine_keys::register::register;
    post "/machine-keys/end/options" => machine_keys::end::options;
    post "/machine-keys/end" => machine_keys::end::end;
    get "/acts/{act}" => acts::page::page;
}
