import Postgres

/// What becomes of a table's rows about somebody who is deleted. Every table of the database is in `all` or in
/// `untouched`, and of those whose rows stay every column is named: a test compares with the database, so a new column
/// can't be forgotten.
struct Erasure: Sendable {
    enum Deed: Sendable {
        /// The rows go.
        case removed
        /// The rows stay as numbers. Of `words` it remains that there were any; `values` get the value beside them;
        /// `kept` tells nobody who it was.
        case emptied(words: [String], values: KeyValuePairs<String, SQL>, kept: [String])
    }

    let table: String
    /// Which rows they are: a condition on the table, true for the person whom the transaction names.
    let rows: SQL
    let deed: Deed

    /// The rows go.
    static func remove(_ table: String, _ rows: SQL) -> Erasure {
        Erasure(table: table, rows: rows, deed: .removed)
    }

    /// The rows stay, without what was said in them.
    static func empty(
        _ table: String, _ rows: SQL, words: [String] = [], values: KeyValuePairs<String, SQL> = [:], kept: [String]
    ) -> Erasure {
        Erasure(table: table, rows: rows, deed: .emptied(words: words, values: values, kept: kept))
    }

    /// Every column that is accounted for; nil where the whole row goes.
    var columns: [String]? {
        switch deed {
        case .removed: nil
        case .emptied(let words, let values, let kept): words + values.map(\.key) + kept
        }
    }

    /// In the order in which they are carried out: what refers to something before what it refers to, and the person
    /// last, from whom the others are found.
    static let all = removals + casework + homes + programmes + person

    /// Tables that hold nothing about a person on record, and why.
    static let untouched: [String: String] = [
        "partnership": "the partnership", "area": "places", "risk_threshold": "rules", "agency": "agencies",
        "account": "staff", "role_assignment": "staff", "recovery_code": "staff", "invitation": "staff",
        "session": "staff", "throttle": "keyed hashes", "rate_window": "keyed hashes", "known_device": "staff",
        "renewal": "staff", "rota_entry": "staff", "saved_view": "codes and days",
        "audit_event": "ids alone; it is never changed", "audit_seal": "the log", "audit_checkpoint": "the log",
        "audit_unsealed": "the log", "agency_key": "keys of agencies", "case_counter": "numbers",
        "submission": "where a form led: an id", "withheld": "ids; triggers keep it",
        "lookup_agreement": "agencies", "instrument_wording": "the wording of a tool",
        "letter_wording": "what letters begin from", "unit_size": "days and beds",
        "interest": "what staff say of themselves and of whom they know", "unusual_day": "days",
        "moved_output": "moments and kinds of work",
        "household": "an id; who lives in it is its own table", "programme": "programmes", "programme_group": "groups",
        "accommodation_service": "services", "housing_unit": "units", "unit_location": "where a unit is",
        "housing_enquiry": "how many asked, and nobody's name", "address_told": "how somebody was told, and when",
        "unit_posting": "vacancies as they were posted", "landlord": "landlords",
        "figure_return": "figures handed in", "figure_release": "figures released", "figure_record": "their counts",
        "data_specification": "what agencies are asked for", "data_call": "whom, and by when", "data_asked": "agencies",
        "data_return": "how good what an agency sent is",
        "data_part": "files of other systems, sealed, never tied to a record here; they go on the day of their call",
        "data_row": "rows of them without names; they go on the same day",
        "data_mapping": "what an agency's own words mean",
        "unit_time": "days", "unit_stay": "how many came, and nobody's name",
        "stay_support": "kinds of support and days, and nobody's name", "stay_service": "closed words and days",
        "stay_review": "closed words and days",
        "supervision": "staff", "retention_rule": "rules", "retention_day": "days", "working_time": "staff",
        "processing_record": "the register", "impact_assessment": "the register", "privacy_notice": "the register",
    ]
}
