//! The part of JSON Schema (2020-12) that the document uses: values of a schema, values that are none, and
//! whether a value is one. A keyword that is not understood fails, so that nothing goes unchecked.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

pub(crate) struct Schemas<'a>(&'a Value);

/// Keywords that say nothing about a value.
const TOLD: [&str; 5] = ["description", "default", "example", "title", "propertyNames"];

impl<'a> Schemas<'a> {
    pub(crate) fn of(document: &'a Value) -> Self {
        Self(&document["components"]["schemas"])
    }

    fn resolved<'b>(&'b self, schema: &'b Value) -> &'b Value {
        match schema["$ref"].as_str() {
            Some(name) => &self.0[name.rsplit('/').next().unwrap()],
            None => schema,
        }
    }

    /// Whether a value is one of the schema.
    pub(crate) fn check(&self, schema: &Value, value: &Value) -> Result<(), String> {
        let schema = self.resolved(schema);
        let object = schema.as_object().ok_or("no schema")?;
        for (keyword, wanted) in object {
            let holds = match keyword.as_str() {
                "type" => types(wanted).iter().any(|name| is_of(name, value)),
                "enum" => wanted.as_array().unwrap().contains(value),
                "format" => value.as_str().is_none_or(|text| has_format(wanted, text)),
                "minimum" => value.as_i64().is_none_or(|it| it >= wanted.as_i64().unwrap()),
                "maximum" => value.as_i64().is_none_or(|it| it <= wanted.as_i64().unwrap()),
                "required" => wanted.as_array().unwrap().iter().all(|name| {
                    value.as_object().is_none_or(|it| it.contains_key(name.as_str().unwrap()))
                }),
                "properties" => {
                    for (name, part) in wanted.as_object().unwrap() {
                        if let Some(found) = value.get(name) {
                            self.check(part, found).map_err(|why| format!("{name}: {why}"))?;
                        }
                    }
                    true
                }
                "additionalProperties" => {
                    let known = object.get("properties");
                    let more = value.as_object().into_iter().flatten().filter(|(name, _)| {
                        known.is_none_or(|known| known.get(name.as_str()).is_none())
                    });
                    for (name, found) in more {
                        match wanted {
                            Value::Bool(allowed) => {
                                if !allowed {
                                    return Err(format!("{name} is not declared"));
                                }
                            }
                            part => self.check(part, found)?,
                        }
                    }
                    true
                }
                "items" => {
                    for found in value.as_array().into_iter().flatten() {
                        self.check(wanted, found)?;
                    }
                    true
                }
                "uniqueItems" => value.as_array().is_none_or(|items| {
                    (0..items.len()).all(|at| !items[..at].contains(&items[at]))
                }),
                "oneOf" | "anyOf" => {
                    wanted.as_array().unwrap().iter().any(|part| self.check(part, value).is_ok())
                }
                "maxItems" | "minItems" | "maxLength" | "minLength" | "pattern" => true,
                other if TOLD.contains(&other) => true,
                other => return Err(format!("the keyword {other} is not understood")),
            };
            if !holds {
                return Err(format!("{value} is not of {keyword} {wanted}"));
            }
        }
        nothing_undeclared(object, value)
    }

    /// Values of a schema.
    pub(crate) fn valid(&self, schema: &Value) -> BoxedStrategy<Value> {
        let schema = self.resolved(schema).clone();
        if let Some(values) = schema["enum"].as_array() {
            return proptest::sample::select(values.clone()).boxed();
        }
        if let Some(parts) = schema["oneOf"].as_array() {
            let parts: Vec<_> = parts.iter().map(|part| self.valid(part)).collect();
            return proptest::strategy::Union::new(parts).boxed();
        }
        match types(&schema["type"]).first().map(String::as_str) {
            Some("string") => text(&schema),
            Some("boolean") => any::<bool>().prop_map(Value::from).boxed(),
            Some("integer") => {
                let least = schema["minimum"].as_i64().unwrap_or(0);
                let most = schema["maximum"].as_i64().unwrap_or(1000);
                (least..=most).prop_map(Value::from).boxed()
            }
            Some("array") => {
                let least = usize::try_from(schema["minItems"].as_u64().unwrap_or(0)).unwrap();
                proptest::collection::vec(self.valid(&schema["items"]), least..least + 3)
                    .prop_map(Value::from)
                    .boxed()
            }
            _ => self.object(&schema),
        }
    }

    fn object(&self, schema: &Value) -> BoxedStrategy<Value> {
        let required = schema["required"].as_array().cloned().unwrap_or_default();
        let mut strategy = Just(Map::new()).boxed();
        for (name, part) in schema["properties"].as_object().cloned().unwrap_or_default() {
            let is_required = required.contains(&json!(name));
            let value = match name.as_str() {
                // What the document says in words only.
                "start_date" => Just(json!("2026-03-02")).boxed(),
                "time_zone" => Just(json!("UTC")).boxed(),
                "worker_type" => "[a-z]{1,8}".prop_map(Value::from).boxed(),
                "personal_email" => "[a-z]{3,9}@example\\.net".prop_map(Value::from).boxed(),
                "mobile" | "language" | "sponsor" => Just(json!("")).boxed(),
                "external_id" | "given_name" => "[A-Z][a-z0-9]{1,12}".prop_map(Value::from).boxed(),
                _ => self.valid(&part),
            };
            strategy = (strategy, value, any::<bool>())
                .prop_map(move |(mut object, value, is_there)| {
                    if is_required || is_there {
                        object.insert(name.clone(), value);
                    }
                    object
                })
                .boxed();
        }
        strategy.prop_map(Value::from).boxed()
    }

    /// Values that are none of the schema, or hardly: a member too many or too few, another type, anything.
    pub(crate) fn invalid(&self, schema: &Value) -> BoxedStrategy<Value> {
        let anything = anything();
        let spoilt =
            (self.valid(schema), anything.clone(), any::<proptest::sample::Index>(), 0..3_u8)
                .prop_map(|(mut value, other, at, how)| {
                    spoil(&mut value, other, at, how);
                    value
                });
        prop_oneof![spoilt, anything].boxed()
    }
}

/// Spoils a value or something in it.
fn spoil(value: &mut Value, other: Value, at: proptest::sample::Index, how: u8) {
    match value {
        Value::Object(object) if !object.is_empty() => {
            let names: Vec<_> = object.keys().cloned().collect();
            let name = &names[at.index(names.len())];
            match how {
                0 => drop(object.remove(name)),
                1 => drop(object.insert("more".to_owned(), other)),
                _ => spoil(&mut object[name.as_str()], other, at, how),
            }
        }
        Value::Array(items) if !items.is_empty() => {
            let index = at.index(items.len());
            spoil(&mut items[index], other, at, how);
        }
        _ => *value = other,
    }
}

fn anything() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map(any::<String>(), inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
    .boxed()
}

fn text(schema: &Value) -> BoxedStrategy<Value> {
    if let Some(pattern) = schema["pattern"].as_str() {
        let pattern = pattern.trim_start_matches('^').trim_end_matches('$').to_owned();
        let strategy = proptest::string::string_regex(&pattern).unwrap();
        return strategy.prop_map(Value::from).boxed();
    }
    match schema["format"].as_str() {
        Some("uuid") => any::<u128>()
            .prop_map(|number| json!(uuid::Uuid::from_u128(number).to_string()))
            .boxed(),
        Some(format) => panic!("no values for the format {format}"),
        None => {
            let most = schema["maxLength"].as_u64().unwrap_or(40).min(40);
            let least = schema["minLength"].as_u64().unwrap_or(0);
            let strategy = proptest::string::string_regex(&format!("[ -~]{{{least},{most}}}"));
            strategy.unwrap().prop_map(Value::from).boxed()
        }
    }
}

fn types(wanted: &Value) -> Vec<String> {
    match wanted {
        Value::String(one) => vec![one.clone()],
        Value::Array(several) => {
            several.iter().map(|each| each.as_str().unwrap().to_owned()).collect()
        }
        _ => Vec::new(),
    }
}

fn is_of(name: &str, value: &Value) -> bool {
    match name {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        _ => false,
    }
}

fn has_format(format: &Value, text: &str) -> bool {
    match format.as_str().unwrap() {
        "uuid" => uuid::Uuid::parse_str(text).is_ok(),
        "date" => text.parse::<jiff::civil::Date>().is_ok(),
        "date-time" => text.parse::<jiff::Timestamp>().is_ok(),
        _ => true,
    }
}

/// An answer has no member that its schema does not name, whether or not others are allowed.
fn nothing_undeclared(schema: &Map<String, Value>, value: &Value) -> Result<(), String> {
    let (Some(known), Some(found)) = (schema.get("properties"), value.as_object()) else {
        return Ok(());
    };
    match found.keys().find(|name| known.get(name.as_str()).is_none()) {
        Some(name) => Err(format!("{name} is not declared")),
        None => Ok(()),
    }
}
