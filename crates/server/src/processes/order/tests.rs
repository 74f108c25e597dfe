use super::*;

#[test]
fn base64_is_that_of_the_standard() {
    for (plain, coded) in [
        ("", ""),
        ("f", "Zg=="),
        ("fo", "Zm8="),
        ("foo", "Zm9v"),
        ("foobar", "Zm9vYmFy"),
    ] {
        assert_eq!(base64(plain.as_bytes()), coded);
    }
    assert_eq!(base64(&[0xfb, 0xff, 0xfe]), "+//+");
}

/// A body with these inputs beside a land, and these other members.
fn body(inputs: &str, members: &str) -> String {
    format!("{{\"inputs\": {{\"land\": \"-79,-7\"{inputs}}}{members}}}")
}

#[test]
fn whatever_is_not_understood_is_named() {
    let feature = |parts: &str| format!("{{\"inputs\": {{\"feature\": {parts}}}}}");
    let output = |parts: &str| body("", &format!(", \"outputs\": {{\"report\": {parts}}}"));
    for (body, named) in [
        ("[1]".to_owned(), "objeto"),
        ("{\"inputs\":".to_owned(), "columna"),
        ("{}".to_owned(), "inputs"),
        ("{\"inputs\": {}}".to_owned(), "land"),
        ("{\"inputs\": 3}".to_owned(), "inputs"),
        ("{\"input\": {}}".to_owned(), "¿Quiso decir «inputs»?"),
        (body("", ", \"mode\": \"async\""), "respond-async"),
        (body("", ", \"subscriber\": {}"), "no avisa"),
        (body(", \"zona\": 17", ""), "¿Quiso decir «zone»?"),
        (body(", \"lang\": [\"es\"]", ""), "«lang»"),
        (body(", \"lang\": \"fr\"", ""), "«fr»"),
        (body(", \"form\": \"docx\"", ""), "«docx»"),
        (body(", \"feature\": {}", ""), "una de las dos"),
        (body("", ", \"response\": \"both\""), "«both»"),
        (body("", ", \"outputs\": {\"map\": {}}"), "«map»"),
        (
            "{\"inputs\": {\"land\": {\"href\": \"http://x\"}}}".to_owned(),
            "no se lee",
        ),
        (
            "{\"inputs\": {\"land\": {\"value\": {}, \"encoding\": \"x\"}}}".to_owned(),
            "encoding",
        ),
        ("{\"inputs\": {\"land\": 3}}".to_owned(), "«3»"),
        (feature("{\"layer\": \"communities\"}"), "feature.id"),
        (feature("{\"layer\": 1, \"id\": \"c\"}"), "feature.layer"),
        (feature("{\"layer\": \"a\", \"id\": \"b\", \"x\": 1}"), "«x»"),
        (
            feature("{\"layer\": \"a\", \"id\": \"b\"}, \"crs\": \"EPSG:4326\""),
            "«crs»",
        ),
        (output("{\"transmissionMode\": \"reference\"}"), "«reference»"),
        (output("{\"format\": {\"mediaType\": \"image/gif\"}}"), "image/gif"),
        (output("{\"format\": {\"schema\": {}}}"), "«schema»"),
        (
            body(
                ", \"form\": \"pdf\"",
                ", \"outputs\": {\"report\": {\"format\": {\"mediaType\": \"text/csv\"}}}",
            ),
            "form=pdf",
        ),
    ] {
        let problem = Order::read(body.as_bytes()).unwrap_err();
        assert!(problem.detail.contains(named), "{body}: {}", problem.detail);
        assert_eq!(problem.kind.status(), 400, "{body}");
    }
}

#[test]
fn a_form_is_chosen_by_its_word_or_by_its_media_type() {
    let outputs = |media: &str| {
        format!(
            ", \"outputs\": {{\"report\": {{\"format\": {{\"mediaType\": \"{media}\"}}, \"transmissionMode\": \"value\"}}}}"
        )
    };
    for (body, form) in [
        (body("", ""), Format::Json),
        (body(", \"form\": \"corners\"", ""), Format::Corners),
        (body("", &outputs("application/pdf")), Format::Pdf),
        (body(", \"form\": \"spoken\"", &outputs("text/plain")), Format::Spoken),
    ] {
        assert_eq!(Order::read(body.as_bytes()).unwrap().query.wish.format, form, "{body}");
    }
}
