//! The steps from one schema to the next, with steps made up for the test.

use serde_json::{Value, json};
use tracker::exchange::{MigrateError, Step, migrate};

#[test]
fn migration_takes_the_steps_from_the_documents_schema_on() {
    let rename: Step = |mut document| {
        let map = document.as_object_mut().ok_or("not an object")?;
        let author = map.remove("writer").ok_or("no writer")?;
        map.insert("author".to_owned(), author);
        Ok(document)
    };
    let wrap: Step = |mut document| {
        document["author"] = json!({ "name": document["author"] });
        Ok(document)
    };
    let steps = [rename, wrap];
    let old = json!({"schema": 1, "minReader": 1, "writer": "Hoa", "kept": [1]});
    let new = json!({"schema": 3, "minReader": 1, "author": {"name": "Hoa"}, "kept": [1]});
    assert_eq!(migrate(old, &steps, 3), Ok(new.clone()));
    let middle = json!({"schema": 2, "minReader": 1, "author": "Hoa", "kept": [1]});
    assert_eq!(migrate(middle, &steps, 3), Ok(new.clone()));
    assert_eq!(migrate(new.clone(), &steps, 3), Ok(new));
    let later = json!({"schema": 4, "minReader": 3, "author": 1});
    assert_eq!(migrate(later.clone(), &steps, 3), Ok(later));
}

#[test]
fn migration_says_why_not() {
    let fails: Step = |_| Err("no writer".to_owned());
    let forgets: Step = |_| Ok(json!(1));
    let document = |schema: Value, reader: Value| json!({"schema": schema, "minReader": reader});
    let failed = migrate(document(json!(1), json!(1)), &[fails], 2).unwrap_err();
    assert_eq!(
        failed.to_string(),
        "cannot migrate from schema 1: no writer"
    );
    assert!(matches!(
        migrate(document(json!(1), json!(1)), &[forgets], 2),
        Err(MigrateError::Step { from: 1, .. })
    ));
    let newer = MigrateError::Newer {
        schema: 9,
        min_reader: 3,
    };
    assert_eq!(
        migrate(document(json!(9), json!(3)), &[fails], 2),
        Err(newer)
    );
    for (schema, reader, member) in [
        (json!(0), json!(1), "schema"),
        (json!("1"), json!(1), "schema"),
        (json!(1), json!(null), "minReader"),
    ] {
        let found = migrate(document(schema, reader), &[fails], 2);
        assert_eq!(found, Err(MigrateError::Version { member }));
    }
}
