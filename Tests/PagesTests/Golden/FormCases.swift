import Pages

private let markup = #"<b>R&D</b> "it's""#

private func answers(_ name: String, _ values: String..., error: String? = nil) -> Answers {
    var answers = Answers(values.isEmpty ? [:] : [name: values])
    if let error { answers.refuse(name, error) }
    return answers
}

/// Inputs and textareas, by their keys in `govuk-cases.json`.
let formCases: [String: HTML] = [
    "input": GovUK.input("name", label: "Full name", in: Answers()),
    "input with hint, error and value": GovUK.input(
        "name", label: "Full name", hint: "As on a letter", in: answers("name", "Sam", error: "Enter a full name")),
    "input with markup everywhere": GovUK.input(
        "note", label: markup, hint: markup, in: answers("note", markup, error: markup)),
    "input as the page's heading": GovUK.input(
        "name", label: "What is your name?", labelSize: .l, headingLabel: true, in: Answers()),
    "input with a medium label": GovUK.input("name", label: "Name", labelSize: .m, in: Answers()),
    "input of known width for an e-mail": GovUK.input(
        "email", label: "Email", type: "email", width: .twenty, autocomplete: "email", spellcheck: false,
        in: Answers()),
    "input with digits": GovUK.input(
        "code", label: "Code", width: .five, autocomplete: "one-time-code", inputmode: "numeric",
        in: answers("code", "012345")),
    "input with prefix": GovUK.input("cost", label: "Cost, in pounds", prefix: "£", in: answers("cost", "10")),
    "input with prefix, suffix and error": GovUK.input(
        "cost", label: "Cost", spellcheck: true, prefix: "£", suffix: "a night",
        in: answers("cost", "ten", error: "Cost must be a number")),
    "password input": GovUK.passwordInput("password", label: "Password", in: answers("password", "secret")),
    "new password input with hint and error": GovUK.passwordInput(
        "password", label: "Password", hint: "At least 12 characters", autocomplete: "new-password",
        in: answers("password", error: "Enter a password")),
    "file upload": GovUK.fileUpload("file", label: "Upload a file", in: Answers()),
    "file upload with hint and error": GovUK.fileUpload(
        "file", label: "Upload a file", hint: "CSV only", accept: ".csv", labelSize: .m,
        in: answers("file", error: "Select a file")),
    "textarea": GovUK.textarea("note", label: "Note", in: Answers()),
    "textarea with all": GovUK.textarea(
        "note", label: "Note", hint: "Facts only", rows: 8, labelSize: .l, headingLabel: true, spellcheck: false,
        in: answers("note", "a </textarea> & b", error: "Enter a note")),
    "character count": GovUK.textarea("note", label: "Note", maxLength: 200, in: Answers()),
    "character count with hint, error and value": GovUK.textarea(
        "note", label: "Note", hint: "Facts only", rows: 3, maxLength: 200,
        in: answers(
            "note", String(repeating: "x", count: 201), error: "Note must be 200 characters or fewer")),
]

private let yesOrNo = [Choice("yes", "Yes"), Choice("no", "No")]
private let contacts = [
    Choice("a", "Phone", hint: "We call"), Choice("b", markup), Choice(value: "n", label: "No contact", divider: "or"),
]
private let needs = [
    Choice("i", "Interpreter", hint: "Any language"), Choice("w", "Wheelchair access"),
    Choice(value: "none", label: "None of these", divider: "or", exclusive: true),
]
private let areas = [Choice("", "Choose"), Choice("n", "North"), Choice("s", "South & east")]

private func date(_ day: String, _ month: String, _ year: String) -> Answers {
    Answers(["born-day": [day], "born-month": [month], "born-year": [year]])
}

private func date(_ day: String, _ month: String, _ year: String, wrong: String, _ message: String) -> Answers {
    var answers = date(day, month, year)
    answers.refuse(wrong, message)
    return answers
}

/// Choices, dates and buttons, by their keys in `govuk-cases.json`.
let controlCases: [String: HTML] = [
    "radios": GovUK.radios("safe", legend: "Are you safe now?", options: yesOrNo, in: Answers()),
    "inline radios chosen": GovUK.radios(
        "safe", legend: "Are you safe now?", options: yesOrNo, inline: true, legendSize: .l, legendIsHeading: true,
        in: answers("safe", "no")),
    "radios with hint and error": GovUK.radios(
        "safe", legend: "Are you safe now?", hint: "Right now", options: yesOrNo, legendSize: .m,
        in: answers("safe", error: "Select yes if you are safe now")),
    "small radios with hints, divider and markup": GovUK.radios(
        "contact", legend: "Contact", options: contacts, small: true, in: answers("contact", "n")),
    "checkboxes": GovUK.checkboxes("need", legend: "Needs", options: yesOrNo, in: Answers()),
    "checkboxes with several ticked": GovUK.checkboxes(
        "need", legend: "Needs", hint: "Select all that apply", options: needs, legendSize: .l,
        legendIsHeading: true, in: answers("need", "i", "w")),
    "checkboxes with an error": GovUK.checkboxes(
        "need", legend: "Needs", options: needs, small: true, in: answers("need", error: "Select a need")),
    "select": GovUK.select("area", label: "Area", options: areas, in: Answers()),
    "select with hint, error and choice": GovUK.select(
        "area", label: "Area", hint: "Where you live", options: areas, labelSize: .s,
        in: answers("area", "s", error: "Select an area")),
    "date input": GovUK.dateInput("born", legend: "Date of birth", in: Answers()),
    "date input with values and hint": GovUK.dateInput(
        "born", legend: "Date of birth", hint: "For example, 27 3 1980", legendSize: .l, legendIsHeading: true,
        in: date("31", "2", "1980")),
    "date input that is wrong as a whole": GovUK.dateInput(
        "born", legend: "Date of birth", hint: "For example, 27 3 1980", legendSize: .m,
        in: date("31", "2", "1980", wrong: "born", "Date of birth must be a real date")),
    "date input with a wrong year": GovUK.dateInput(
        "born", legend: "Date of birth",
        in: date("31", "12", "", wrong: "born-year", "Date of birth must include a year")),
    "date input that the browser fills in": GovUK.dateInput(
        "born", legend: "Date of birth", autocomplete: "bday", in: Answers()),
    "fieldset": GovUK.fieldset(legend: "Address", size: .l, isHeading: true, "<p>x</p>"),
    "fieldset with a plain legend": GovUK.fieldset(
        legend: "Address", describedBy: "address-hint", role: "group", "<p>x</p>"),
    "error message": GovUK.errorMessage("Enter <a> name", id: "name-error"),
    "hint": GovUK.hint("As on <a> letter", id: "name-hint"),
    "error summary": GovUK.errorSummary([
        FieldError(field: "name", message: "Enter a name"),
        FieldError(field: "born", message: "Date of birth must be <real>", target: "born-day"),
    ]) ?? .empty,
    "button": GovUK.button("Save & continue"),
    "secondary button with a value": GovUK.button(
        "Save", kind: .secondary, name: "action", value: "save", preventDoubleClick: false),
    "warning link button": GovUK.button("Delete", kind: .warning, href: "/cases/1/delete?a=1&b=2"),
]
