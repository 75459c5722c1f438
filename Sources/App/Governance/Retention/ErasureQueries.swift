import Foundation
import Postgres

extension Erasure {
    // Whom it is about, named for the transaction by `nameForgotten`.
    private static let who: SQL = "current_setting('app.forgotten')::uuid"
    private static let cases: SQL = "(SELECT c.id FROM app.case_record c WHERE c.person_id = \(who))"
    private static let contacts: SQL = """
        (SELECT k.id FROM app.contact k WHERE k.person_id = \(who) OR k.case_id IN \(cases))
        """
    private static let here: SQL = "partnership_id = (SELECT p.partnership_id FROM app.person p WHERE p.id = \(who))"
    private static let packs: SQL = """
        (SELECT k.id FROM app.pack k JOIN app.data_matter m ON m.id = k.matter_id
         WHERE k.subject_id = \(who) OR m.subject_id IN \(cases))
        """
    private static let theirs: SQL = "person_id = \(who)"
    private static let onCase: SQL = "case_id IN \(cases)"
    static let either: SQL = "(person_id = \(who) OR case_id IN \(cases))"

    static let removals: [Erasure] = [
        // What was typed and looked for is sealed: whose it was can't be told. It is of no use after some days.
        .remove("draft", """
            strpos(form, \(who)::text) > 0 OR EXISTS (
                SELECT FROM app.case_record c WHERE c.person_id = \(who) AND strpos(form, c.id::text) > 0)
            OR \(here) AND saved_at < now() - interval '90 days'
            """),
        .remove("search_request", "contact_id IN \(contacts) OR \(here) AND at < now() - interval '90 days'"),
        .remove("handover", "\(here) AND written_at < now() - interval '1 year'"),
        .remove("interest_match", "subject_id = \(who)"),
        .remove("interest_block", either),
        .remove("unusual_access", "subject_id = \(who)"),
        .remove("retention_due", "subject_id = \(who)"),
        .remove("emergency_access", """
            (agency_id, reference) IN (SELECT c.agency_id, c.reference FROM app.case_record c
                                       WHERE c.person_id = \(who))
            """),
        .remove("task", """
            \(either) OR contact_id IN \(contacts)
            OR matter_id IN (SELECT m.id FROM app.legal_matter m WHERE m.person_id = \(who))
            OR transfer_id IN (SELECT t.id FROM app.case_transfer t WHERE t.person_id = \(who))
            """),
        .remove("case_share", onCase), .remove("disclosure", theirs), .remove("consent", theirs),
        .remove("supervision_decision", theirs), .remove("matter_entry", theirs), .remove("legal_matter", theirs),
        .remove("police_incident", theirs), .remove("attachment", either), .remove("letter", theirs),
        .remove("safety_plan", theirs), .remove("child_request", theirs), .remove("case_note", onCase),
        .remove("timeline_event", onCase), .remove("same_person", "\(who) IN (first_id, second_id)"),
        .remove("pack_item", "pack_id IN \(packs)"), .remove("pack", "id IN \(packs)"),
        .remove("data_matter_step", "subject_id IN \(cases)"), .remove("data_matter", "subject_id IN \(cases)"),
        // What is a child's own record stays with the child: who their parents are, and with whom they spend time.
        .remove("child_entry", theirs), .remove("child_tie", "child_id = \(who)"),
        .remove("relationship", """
            \(who) IN (harmed_id, harming_id) AND NOT (harmed_id <> \(who) AND harmed_as = 'childVictim')
            """),
        .remove("household_member", theirs), .remove("risk_direction", "\(who) IN (first_id, second_id)"),
        .remove("person_name", theirs), .remove("person_phone", theirs), .remove("person_address", theirs),
        .remove("safe_contact", theirs),
    ]

    static let casework: [Erasure] = [
        .empty("contact_attempt", either, words: ["override_reason", "note"], kept: [
            "id", "partnership_id", "agency_id", "case_id", "person_id", "channel", "outcome", "happened_at", "rule",
            "recorded_at", "recorded_by",
        ]),
        .empty("risk_assessment", either, words: ["rationale", "assessor"], kept: [
            "id", "partnership_id", "agency_id", "person_id", "case_id", "contact_id", "instrument", "answers",
            "yes_count", "open_count", "threshold", "national_threshold", "level", "bases", "assessed_at",
            "assessed_by", "instrument_version", "wording_id", "lowers", "received_day",
        ]),
        .empty("risk_confirmation", either, words: ["reason"], kept: [
            "risk_id", "partnership_id", "agency_id", "person_id", "case_id", "assessed_by", "agreed", "decided_at",
            "decided_by",
        ]),
        .empty("marac_decision", either, words: ["because"], kept: [
            "id", "partnership_id", "agency_id", "person_id", "case_id", "risk_id", "decision", "decided_at",
            "decided_by",
        ]),
        .empty("marac_referral", either, words: [
            "repeat_because", "told_because", "reason", "afraid_of", "safe_with", "unsafe_with", "wants", "schools",
            "elsewhere", "withdrawn_because",
        ], kept: [
            "id", "partnership_id", "agency_id", "case_id", "person_id", "is_repeat", "last_on", "meets_on", "told",
            "basis", "written_at", "written_by", "withdrawn_at", "withdrawn_by",
        ]),
        .empty("risk_event", theirs, words: ["words", "reason"], kept: [
            "id", "partnership_id", "agency_id", "person_id", "kind", "day", "order_id", "proposes_on", "due_at",
            "recorded_at", "recorded_by", "settled", "settled_at", "settled_by",
        ]),
        // That the case has moved stays: the sender's side is held back by it.
        .empty("case_transfer", "(\(either) OR new_case_id IN \(cases))", words: [
            "purpose", "necessity", "reason",
        ], values: [
            "told_sealed": "CASE WHEN told_sealed IS NOT NULL THEN ''::bytea END", "consent_id": "NULL",
        ], kept: [
            "id", "partnership_id", "agency_id", "case_id", "person_id", "kind", "to_agency_id", "to_account_id",
            "stale", "risk", "basis", "asked", "tail_days", "due_at", "proposed_at", "proposed_by", "outcome",
            "answered_at", "answered_by", "worker_id", "new_case_id", "tail_ends_at",
        ]),
        .empty("case_closing", either, words: ["step_down", "summary", "feedback"], kept: [
            "id", "partnership_id", "agency_id", "case_id", "person_id", "reason", "abuse", "feels", "risk",
            "proposed_at", "proposed_by",
        ]),
        .empty("closing_decision", either, words: ["reason"], kept: [
            "closing_id", "partnership_id", "agency_id", "case_id", "person_id", "proposed_by", "agreed", "decided_at",
            "decided_by",
        ]),
        .empty("need", either, kept: [
            "id", "partnership_id", "agency_id", "case_id", "person_id", "kind", "opened_on", "version", "recorded_at",
            "recorded_by",
        ]),
        .empty("need_change", either, words: ["goal", "note"], kept: [
            "need_id", "partnership_id", "agency_id", "case_id", "person_id", "version", "state", "since",
            "recorded_at", "recorded_by",
        ]),
        .empty("intervention", either, words: ["note"], kept: [
            "id", "partnership_id", "agency_id", "case_id", "person_id", "kind", "leads_to", "agreed", "need_id",
            "happened_on", "recorded_at", "recorded_by",
        ]),
        .empty("legal_order", either, kept: [
            "id", "partnership_id", "agency_id", "case_id", "person_id", "kind", "version", "recorded_at",
            "recorded_by",
        ]),
        .empty("legal_order_change", either, words: ["court", "conditions"], kept: [
            "order_id", "partnership_id", "agency_id", "case_id", "person_id", "version", "applicant", "made_on",
            "service", "served_on", "from_on", "until_on", "recorded_at", "recorded_by",
        ]),
        .empty("order_breach", either, words: ["what"], kept: [
            "id", "partnership_id", "agency_id", "case_id", "person_id", "order_id", "happened_on", "report",
            "recorded_at", "recorded_by",
        ]),
        .empty("outcome_set", either, words: ["own_words", "note", "withdrawn_because"], kept: [
            "id", "partnership_id", "agency_id", "case_id", "person_id", "stage", "taken_on", "answers", "recorded_at",
            "recorded_by", "withdrawn_at", "withdrawn_by",
        ]),
        // Where somebody was sent from keeps the reference, so it goes here.
        .empty("referral", "(\(either) OR contact_id IN \(contacts))", words: ["to_name", "outcome_words"], values: [
            "reference": "'Deleted ' || id", "told_sealed": "''::bytea", "sender_bucket": "NULL",
        ], kept: [
            "id", "partnership_id", "agency_id", "direction", "source", "kind", "from_agency_id", "from_account_id",
            "to_agency_id", "person_id", "contact_id", "case_id", "basis", "urgent", "graded_high", "quarantined",
            "trapped", "received_at", "due_at", "owner_id", "taken_at", "outcome", "decline_reason", "declined_by",
            "outcome_at", "outcome_by", "version",
        ]),
    ]

    static let programmes: [Erasure] = [
        .empty("wall_note", "place_id IN (SELECT l.id FROM app.programme_place l WHERE l.\(theirs))", words: ["words"],
               values: ["told_sealed": "CASE WHEN told_sealed IS NOT NULL THEN ''::bytea END"], kept: [
            "id", "n", "partnership_id", "place_id", "harming_agency_id", "harmed_agency_id", "toward", "kind", "day",
            "instruction", "sent_at", "sent_by",
        ]),
        .empty("integrated_support", either, words: ["elsewhere", "reason"], kept: [
            "id", "partnership_id", "agency_id", "asked_id", "case_id", "person_id", "worker_id", "recorded_at",
            "recorded_by", "ended_at", "ended_by",
        ]),
        .empty("session_attendance", either, words: ["words"], kept: [
            "session_id", "place_id", "partnership_id", "agency_id", "case_id", "person_id", "version", "state",
            "recorded_at", "recorded_by",
        ]),
        .empty("programme_session", either, words: ["topic", "cancelled"], kept: [
            "id", "partnership_id", "agency_id", "group_id", "place_id", "case_id", "person_id", "held_at", "version",
            "recorded_at", "recorded_by",
        ]),
        .empty("place_step", either, words: ["words"], kept: [
            "place_id", "partnership_id", "agency_id", "case_id", "person_id", "version", "step", "reasons",
            "happened_on", "group_id", "recorded_at", "recorded_by",
        ]),
        .empty("programme_place", either, kept: [
            "id", "partnership_id", "agency_id", "case_id", "person_id", "programme_id", "group_id", "source", "state",
            "referred_on", "checked_on", "version", "recorded_at", "recorded_by",
        ]),
        .empty("matac_score", either, words: ["words"], kept: [
            "id", "partnership_id", "agency_id", "case_id", "person_id", "version", "months", "last_on", "incidents",
            "gravity", "victims", "points", "score", "standing", "plan", "review_on", "recorded_at", "recorded_by",
        ]),
    ]

    static let person: [Erasure] = [
        .empty("contact", either, words: ["reason", "advice", "promised", "fallback"], kept: [
            "id", "partnership_id", "agency_id", "person_id", "case_id", "channel", "caller", "happened_at",
            "recorded_at", "recorded_by", "safe_to_talk", "other_person_nearby", "children_present", "injured",
            "weapon", "suicidal", "outcome", "version", "speaking",
        ]),
        // Who was on a restricted case's team still counts it.
        .empty("case_team", onCase, kept: ["partnership_id", "agency_id", "case_id", "account_id", "since"]),
        .empty("case_record", theirs, values: ["reference": "'Deleted ' || id"], kept: [
            "id", "partnership_id", "agency_id", "person_id", "contact_id", "risk", "worker_id", "restricted",
            "opened_at", "opened_by", "first_contact_due", "first_contact_at", "next_due", "closed_at", "version",
            "clock_started_at", "no_safe_time", "withheld", "closing_id", "has_news",
        ]),
        .empty("legal_hold", "subject_id = \(who)", words: ["words", "lifted_because"], values: ["reference": "''"],
               kept: ["id", "partnership_id", "agency_id", "subject_id", "kind", "review_on", "recorded_at",
                      "recorded_by", "lifted_at", "lifted_by"]),
        .empty("retention_proposal", "subject_id = \(who)", words: ["reason", "decided_because"],
               values: ["reference": "''"], kept: [
            "id", "partnership_id", "agency_id", "subject_id", "rule", "due_on", "proposed_at", "proposed_by",
            "decision", "decided_at", "decided_by", "review_on", "done_at",
        ]),
        .empty("person_key", theirs, values: ["wrapped": "NULL"], kept: ["person_id", "partnership_id", "agency_id"]),
        .empty("person", "id = \(who)", values: [
            "given_name": "'Deleted'", "family_name": "'record'", "date_of_birth": "NULL", "birth_known": "'notKnown'",
            "language": "''", "interpreter": "false", "gender_words": "''", "protected": "false",
            "age_band": "nullif(current_setting('app.age_band'), '')",
            "forgotten_on": "current_setting('app.forgotten_on')::date",
        ], kept: [
            "id", "partnership_id", "agency_id", "sex", "ethnicity", "area_id", "created_at", "created_by", "version",
            "gender_identity", "orientation", "religion", "disability", "impairment", "withheld",
        ]),
    ]

    /// The statement that carries it out; nil where all is kept.
    var statement: SQL? {
        let name = SQL.identifier(table)
        guard case .emptied(let words, let values, _) = deed else {
            return "DELETE FROM app.\(name) WHERE \(rows)"
        }
        let emptied = words.map { word -> SQL in
            let column = SQL.identifier(word)
            return "\(column) = CASE WHEN \(column) <> '' THEN 'Deleted' ELSE \(column) END"
        }
        let changes = emptied + values.map { column, value -> SQL in "\(SQL.identifier(column)) = \(value)" }
        guard let first = changes.first else { return nil }
        let list = changes.dropFirst().reduce(first) { sum, next -> SQL in "\(sum), \(next)" }
        return "UPDATE app.\(name) SET \(list) WHERE \(rows)"
    }
}

extension Connection {
    /// Deletes somebody, as the loader: the key, whatever names them, and whatever was said; what counts stays.
    func forget(_ person: UUID, on day: Day) throws {
        let known = try first("""
            SELECT p.date_of_birth, (coalesce((SELECT max(c.opened_at) FROM app.case_record c
                                               WHERE c.person_id = p.id), p.created_at)
                                     AT TIME ZONE 'Europe/London')::date AS counted_on
            FROM app.person p WHERE p.id = \(person)
            """) { row in (born: try row["date_of_birth"] as Day?, on: try row["counted_on"] as Day) }
        guard let known else { return }
        let band = known.born.map { AgeBand(age: $0.years(until: known.on)).rawValue } ?? ""
        _ = try all("""
            SELECT set_config('app.forgotten', \(person.column), true), set_config('app.age_band', \(band), true),
                   set_config('app.forgotten_on', \(day.column), true)
            """) { _ in }
        for statement in Erasure.all.compactMap(\.statement) { try run(statement) }
    }

    /// Holds a person for the transaction: nothing is added to their record meanwhile. Nil when there is no such
    /// person, false when they were deleted already.
    func holdForDeletion(_ person: UUID) throws -> Bool? {
        try first("SELECT forgotten_on IS NULL AS there FROM app.person WHERE id = \(person) FOR UPDATE") {
            try $0["there"]
        }
    }

    /// Whether the time of somebody's record has run out and nothing keeps it, now.
    func isStillDue(_ person: UUID, in partnership: UUID, on day: Day) throws -> Bool {
        try first("""
            SELECT true AS due FROM app.due_people(\(partnership), \(person), \(day)) LIMIT 1
            """) { try $0["due"] } ?? false
    }

    /// Whether a hold was placed on somebody after a moment and stands.
    func isHeld(_ person: UUID, since moment: Date) throws -> Bool {
        try first("""
            SELECT true AS held FROM app.legal_hold
            WHERE subject_id = \(person) AND lifted_at IS NULL AND recorded_at > \(moment) LIMIT 1
            """) { try $0["held"] } ?? false
    }

    /// What two people agreed to and nobody has carried out, oldest first.
    func agreedDeletions() throws -> [AgreedDeletion] {
        try all("""
            SELECT id, partnership_id, subject_id, rule FROM app.retention_proposal
            WHERE decision = 'agreed' AND done_at IS NULL ORDER BY decided_at, id
            """) { row in
            AgreedDeletion(
                id: try row["id"], partnership: try row["partnership_id"], person: try row["subject_id"],
                rule: try row["rule"])
        }
    }

    /// What was agreed about somebody is done.
    func finishDeletion(of person: UUID, at moment: Date) throws {
        try run("""
            UPDATE app.retention_proposal SET done_at = \(moment)
            WHERE subject_id = \(person) AND decision = 'agreed' AND done_at IS NULL
            """)
    }
}
