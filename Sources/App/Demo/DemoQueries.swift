import Foundation
import Postgres

// Statements of the seeding. It runs as the loader, because COPY is refused under row-level security (rulings, 4).
extension Connection {
    /// Lifts the limits of time for the rest of the transaction, and puts off the upkeep of the index that the name
    /// search reads: done once at the end it takes a quarter of the time.
    func prepareToLoad() throws {
        try run("SET LOCAL statement_timeout = 0")
        try run("SET LOCAL idle_in_transaction_session_timeout = 0")
        try run("SET LOCAL gin_pending_list_limit = '512MB'")
        try run("SET LOCAL maintenance_work_mem = '256MB'")
        try run("SET LOCAL ROLE drystone_owner")
        try run("ALTER INDEX app.person_name_by_shape SET (fastupdate = on)")
    }

    /// Takes the loader's role for the rest of the transaction.
    func becomeLoader() throws {
        try run("SET LOCAL ROLE drystone_loader")
    }

    /// True when the database holds a partnership already, this one or any other.
    func hasPartnership() throws -> Bool {
        try first("SELECT 1 AS one FROM app.partnership LIMIT 1") { _ in true } ?? false
    }

    /// Copies rows into a table.
    func load(_ rows: DemoRows, into table: DemoTable) throws {
        try copyIn(table.statement, bytes: [rows.bytes])
    }

    /// Ties each contact to the case that it opened: the two refer to each other, so one side has to come later.
    func tieContactsToCases() throws {
        try run(
            """
            UPDATE app.contact c SET case_id = k.id FROM app.case_record k
            WHERE k.contact_id = c.id AND c.case_id IS NULL
            """)
    }

    /// Catches up on the index that the name search reads.
    func settleNameIndex() throws {
        try run("SET LOCAL ROLE drystone_owner")
        try run("ALTER INDEX app.person_name_by_shape SET (fastupdate = off)")
        _ = try first("SELECT gin_clean_pending_list('app.person_name_by_shape') AS pages") { _ in true }
    }

    /// Tells the planner what there is now, as the owner.
    ///
    /// Once after the first rows too: without statistics the checks of references to (id, agency_id) may be planned
    /// through an index on agency_id alone, and keep that plan while the table grows; 8 seconds became 58.
    func analyseDemonstration() throws {
        try run("SET LOCAL ROLE drystone_owner")
        try run("ANALYZE \(Self.filled)")
    }

    /// Marks all rows as seen by everybody, so that indexes alone can answer: a demonstration is measured and shown
    /// before PostgreSQL's own upkeep comes round. Outside any transaction, as VACUUM asks.
    func tidyDemonstration() throws {
        try run("SET ROLE drystone_owner")
        try run("VACUUM (ANALYZE) \(Self.filled)")
    }
}

extension DemoTable {
    /// Where its rows go.
    var statement: SQL {
        switch self {
        case .partnership: "COPY app.partnership (id, slug, name, demonstration) FROM STDIN"
        case .area: "COPY app.area (id, partnership_id, name, parent_id) FROM STDIN"
        case .riskThreshold:
            """
            COPY app.risk_threshold (id, partnership_id, area_id, instrument, threshold, from_day) FROM STDIN
            """
        case .agency: "COPY app.agency (id, partnership_id, name, kind, front_door, side) FROM STDIN"
        case .agencyKey: "COPY app.agency_key (agency_id, partnership_id, master_key_id, wrapped) FROM STDIN"
        case .account:
            """
            COPY app.account (id, partnership_id, email, full_name, password_hash, totp_sealed, ended_at, created_at)
            FROM STDIN
            """
        case .roleAssignment:
            """
            COPY app.role_assignment (id, partnership_id, account_id, agency_id, role, starts_on, ends_on) FROM STDIN
            """
        case .rotaEntry:
            """
            COPY app.rota_entry (id, partnership_id, agency_id, kind, account_id, starts_at, ends_at, set_by,
                covered_by) FROM STDIN
            """
        case .interest:
            """
            COPY app.interest (id, partnership_id, account_id, about, given_name, family_name, date_of_birth, how,
                declared_at) FROM STDIN
            """
        case .person:
            """
            COPY app.person (id, partnership_id, agency_id, given_name, family_name, date_of_birth, birth_known, sex,
                ethnicity, language, interpreter, area_id, protected, created_at, created_by, orientation, religion,
                disability, impairment, gender_identity) FROM STDIN
            """
        case .personName:
            """
            COPY app.person_name (id, partnership_id, agency_id, person_id, kind, given_name, family_name) FROM STDIN
            """
        case .personKey: "COPY app.person_key (person_id, partnership_id, agency_id, wrapped) FROM STDIN"
        case .personPhone:
            """
            COPY app.person_phone (id, partnership_id, agency_id, person_id, number_sealed, number_token, recorded_at)
            FROM STDIN
            """
        case .personAddress:
            """
            COPY app.person_address (id, partnership_id, agency_id, person_id, protected, address_sealed,
                postcode_token, near, from_day, until_day, recorded_by) FROM STDIN
            """
        case .safeContact:
            """
            COPY app.safe_contact (id, partnership_id, agency_id, person_id, status, rule_sealed, detail_sealed,
                holds_until, asked_at, recorded_at, recorded_by, superseded_by) FROM STDIN
            """
        case .safetyPlan:
            """
            COPY app.safety_plan (id, partnership_id, agency_id, person_id, kind, version, body_sealed, review_on,
                review_when, written_by, written_at, superseded_by) FROM STDIN
            """
        case .need:
            """
            COPY app.need (id, partnership_id, agency_id, case_id, person_id, kind, opened_on, version, recorded_at,
                recorded_by) FROM STDIN
            """
        case .needChange:
            """
            COPY app.need_change (need_id, partnership_id, agency_id, case_id, person_id, version, goal, state, since,
                note, recorded_at, recorded_by) FROM STDIN
            """
        case .intervention:
            """
            COPY app.intervention (id, partnership_id, agency_id, case_id, person_id, kind, leads_to, agreed, need_id,
                happened_on, note, recorded_at, recorded_by) FROM STDIN
            """
        case .letter: Self.letters
        case .letterWording: Self.letterWordings
        case .caseTransfer: Self.transfers
        case .transferTask: Self.transferTasks
        case .legalOrder:
            """
            COPY app.legal_order (id, partnership_id, agency_id, case_id, person_id, kind, version, recorded_at,
                recorded_by) FROM STDIN
            """
        case .legalOrderChange:
            """
            COPY app.legal_order_change (order_id, partnership_id, agency_id, case_id, person_id, version, applicant,
                court, made_on, service, served_on, from_on, until_on, conditions, recorded_at, recorded_by) FROM STDIN
            """
        case .orderBreach: Self.orderBreaches
        case .riskEvent: Self.riskEvents
        case .samePerson: Self.samePeople
        case .workingTime: Self.workingTimes
        case .childEntry: Self.childEntries
        case .childRequest: Self.childRequests
        case .accommodationService, .housingUnit, .unitLocation, .unitTime, .unitStay, .housingEnquiry, .housingRequest,
             .housingOffer, .unitHold, .housingTask, .sanctuary, .sanctuaryStep, .sanctuaryItem, .staySupport,
             .stayService, .stayReview: accommodationStatement
        case .unitPosting, .housingTravel, .landlord, .reciprocal: reciprocalStatement
        case .programme, .programmeGroup, .programmePlace, .placeStep, .programmeSession, .sessionAttendance,
             .wallNote, .integratedSupport, .matacScore: programmeStatement
        case .relationship:
            """
            COPY app.relationship (id, partnership_id, agency_id, harmed_id, harming_id, connection, recorded_at,
                recorded_by, harmed_as) FROM STDIN
            """
        case .childTie:
            """
            COPY app.child_tie (id, partnership_id, agency_id, child_id, adult_id, kind, recorded_at, recorded_by)
            FROM STDIN
            """
        case .riskDirection:
            """
            COPY app.risk_direction (id, partnership_id, agency_id, first_id, second_id, number, at_risk, reason,
                decided_at, decided_by) FROM STDIN
            """
        case .household: "COPY app.household (id, partnership_id, agency_id) FROM STDIN"
        case .householdMember:
            """
            COPY app.household_member (id, partnership_id, agency_id, household_id, person_id, from_day, recorded_at,
                recorded_by) FROM STDIN
            """
        case .lookupAgreement:
            """
            COPY app.lookup_agreement (id, partnership_id, agency_id, agreement, from_day, until_day, recorded_by)
            FROM STDIN
            """
        case .contact, .laterContact:
            """
            COPY app.contact (id, partnership_id, agency_id, person_id, case_id, channel, caller, happened_at,
                recorded_at, recorded_by, safe_to_talk, other_person_nearby, children_present, injured, weapon,
                suicidal, reason, advice, outcome, promised) FROM STDIN
            """
        case .caseRecord:
            """
            COPY app.case_record (id, partnership_id, agency_id, person_id, contact_id, reference, risk, worker_id,
                restricted, opened_at, opened_by, clock_started_at,
                first_contact_due, first_contact_at, no_safe_time, next_due, closed_at, closing_id, has_news) FROM STDIN
            """
        case .caseClosing:
            """
            COPY app.case_closing (id, partnership_id, agency_id, case_id, person_id, reason, abuse, feels, step_down,
                summary, feedback, risk, proposed_at, proposed_by) FROM STDIN
            """
        case .closingDecision:
            """
            COPY app.closing_decision (closing_id, partnership_id, agency_id, case_id, person_id, proposed_by, agreed,
                decided_at, decided_by) FROM STDIN
            """
        case .caseTeam: "COPY app.case_team (partnership_id, agency_id, case_id, account_id, since) FROM STDIN"
        case .consent:
            """
            COPY app.consent (id, partnership_id, agency_id, case_id, person_id, to_agency_id, to_name, purpose, given,
                words, ends_at, recorded_at, recorded_by) FROM STDIN
            """
        case .disclosure:
            """
            COPY app.disclosure (id, partnership_id, agency_id, case_id, person_id, route, to_agency_id, to_name, parts,
                told_sealed, purpose, basis, because, necessity, asked, consent_id, ends_at, proposed_at, proposed_by,
                agreed, decided_at, decided_by) FROM STDIN
            """
        case .caseShare:
            """
            COPY app.case_share (id, partnership_id, agency_id, case_id, with_agency_id, purpose, ends_at, created_by,
                created_at, disclosure_id, shows_case, shows_risk, shows_timeline, shows_plan) FROM STDIN
            """
        case .riskAssessment: Self.riskAssessments
        case .contactAttempt:
            """
            COPY app.contact_attempt (id, partnership_id, agency_id, case_id, person_id, channel, outcome, happened_at,
                rule, override_reason, note, recorded_at, recorded_by) FROM STDIN
            """
        case .caseNote:
            """
            COPY app.case_note (id, partnership_id, agency_id, case_id, body, written_at, written_by) FROM STDIN
            """
        case .task:
            """
            COPY app.task (id, partnership_id, agency_id, case_id, kind, owner_id, started_at, due_at, done_at,
                contact_id, detail) FROM STDIN
            """
        case .timelineEvent:
            """
            COPY app.timeline_event (id, partnership_id, agency_id, case_id, kind, at, by_account, subject_id, summary)
            FROM STDIN
            """
        case .referral:
            """
            COPY app.referral (id, partnership_id, agency_id, reference, direction, source, kind, from_agency_id,
                from_account_id, told_sealed, basis, graded_high, quarantined, received_at, due_at, owner_id, taken_at,
                outcome, decline_reason, declined_by, outcome_at, outcome_by) FROM STDIN
            """
        case .handover: "COPY app.handover (id, partnership_id, agency_id, note, written_at, written_by) FROM STDIN"
        case .attachment:
            """
            COPY app.attachment (id, partnership_id, agency_id, person_id, case_id, risk_id, topic, number, kind, size,
                content_sealed, recorded_at, recorded_by) FROM STDIN
            """
        case .riskConfirmation:
            """
            COPY app.risk_confirmation (risk_id, partnership_id, agency_id, person_id, case_id, assessed_by, agreed,
                decided_at, decided_by) FROM STDIN
            """
        case .policeIncident: Self.policeIncidents
        case .maracDecision:
            """
            COPY app.marac_decision (id, partnership_id, agency_id, person_id, case_id, risk_id, decision, because,
                decided_at, decided_by) FROM STDIN
            """
        case .riskTask: Self.riskTasks
        case .outcomeSet, .maracReferral, .legalMatter, .matterEntry, .matterTask: outcomeStatement
        case .processingRecord, .impactAssessment, .privacyNotice, .dataMatter, .dataMatterStep: registerStatement
        case .legalHold, .retentionRule, .pack, .packItem: retentionStatement
        case .caseCounter: "COPY app.case_counter (partnership_id, agency_id, year, last) FROM STDIN"
        }
    }
}
